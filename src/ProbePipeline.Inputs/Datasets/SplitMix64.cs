namespace ProbePipeline.Inputs.Datasets;

/// <summary>
/// The SplitMix64 generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014):
/// integers alone, so that any language draws the same numbers.
/// </summary>
internal sealed class SplitMix64
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>A generator that goes on from a given state.</summary>
    public SplitMix64(ulong state) => _state = state;

    /// <summary>One of many generators of a seed, hashed one after the other so that neighbouring ones share no numbers.</summary>
    public static SplitMix64 Stream(long seed, int stream) => new(Mix(Mix(unchecked((ulong)seed + Gamma)) + (ulong)stream + Gamma));

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += Gamma;
        return Mix(_state);
    }

    /// <summary>A number from 0 to below the bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>The first of a shuffled list (Fisher-Yates): as many different items as asked for, in random order.</summary>
    public T[] Sample<T>(ReadOnlySpan<T> items, int count)
    {
        var shuffled = items.ToArray();
        for (var index = 0; index < count; index++)
        {
            var chosen = index + Below(shuffled.Length - index);
            (shuffled[index], shuffled[chosen]) = (shuffled[chosen], shuffled[index]);
        }

        return shuffled[..count];
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
