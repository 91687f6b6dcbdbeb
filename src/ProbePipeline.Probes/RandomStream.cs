using System.Security.Cryptography;
using System.Text;

namespace ProbePipeline.Probes;

/// <summary>
/// Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators").
/// A seed gives one stream for each purpose, so that no two draws share numbers.
/// </summary>
internal sealed class RandomStream
{
    private ulong _state;

    public RandomStream(long seed, string purpose) => _state = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{purpose}")));

    /// <summary>A number from 0 to below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Fisher and Yates.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var place = items.Length - 1; place > 0; place--)
        {
            var other = Below(place + 1);
            (items[place], items[other]) = (items[other], items[place]);
        }
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
