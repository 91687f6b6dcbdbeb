using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace ProbePipeline.Testing;

/// <summary>Valid files made invalid, each by a few edits that its number decides: the same number gives the same file on every machine.</summary>
/// <param name="seeds">Small valid files of one form; two of them may be spliced.</param>
public sealed partial class InputMutator(params byte[][] seeds)
{
    // What stands where a text format expects something else, or more than it expects.
    private static readonly byte[][] Texts =
    [
        .. new[]
        {
            "null", "[]", "{}", "\"\"", "true", "[null]", "{\"\":null}", "\"\\ud800\"", "\0", "\uFFFD", "\r\n", "\n", ",", ":", "\"", "'", "#", "&a", "*a", "!!x", "../../", "[[[[[[[[[[[[[[[[[[[[", "{{", "%",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80],
    ];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775807", "9223372036854775808", "99999999999999999999999", "1e999", "-1e999", "1e-999", "0.5", "1e9", "65536", "1000000"];

    /// <summary>The file of a number.</summary>
    public byte[] this[int number]
    {
        get
        {
            var random = new Random(number);
            var file = seeds[random.Next(seeds.Length)].ToList();
            for (var edits = random.Next(1, 5); edits > 0 && file.Count > 0; edits--)
            {
                Edit(file, random);
            }

            return [.. file];
        }
    }

    private void Edit(List<byte> file, Random random)
    {
        var place = random.Next(file.Count);
        var run = Math.Min(random.Next(1, random.Next(2, 64)), file.Count - place);
        switch (random.Next(11))
        {
            case 0:
                file[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                Overwrite(file, place, [.. Enumerable.Repeat((byte)random.Next(256), run)]);
                break;
            case 2:
                Overwrite(file, place, RandomBytes(random, run));
                break;
            case 3:
                file.RemoveRange(place, file.Count - place);
                break;
            case 4:
                file.RemoveRange(place, run);
                break;
            case 5:
                file.InsertRange(place, RandomBytes(random, run));
                break;
            case 6:
                file.InsertRange(random.Next(file.Count), file.GetRange(place, run));
                break;
            case 7:
                file.InsertRange(place, Texts[random.Next(Texts.Length)]);
                break;
            case 8:
                Overwrite(file, place, HugeNumber(random));
                break;
            case 9:
                ReplaceNumber(file, random);
                break;
            default:
                var other = seeds[random.Next(seeds.Length)];
                var from = random.Next(other.Length);
                file.RemoveRange(place, file.Count - place);
                file.AddRange(other[from..]);
                break;
        }
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void Overwrite(List<byte> file, int place, byte[] bytes)
    {
        for (var index = 0; index < bytes.Length && place + index < file.Count; index++)
        {
            file[place + index] = bytes[index];
        }
    }

    /// <summary>A length or count as binary formats have it.</summary>
    private static byte[] HugeNumber(Random random)
    {
        var bytes = new byte[random.Next(2) == 0 ? 4 : 8];
        var value = random.Next(5) switch { 0 => -1, 1 => int.MaxValue, 2 => int.MinValue, 3 => 1 << 28, _ => 60_000 };
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(bytes.Length - 4), value);
        }

        return bytes;
    }

    /// <summary>A number of a text becomes another one of it, or a hostile one.</summary>
    private static void ReplaceNumber(List<byte> file, Random random)
    {
        var text = Encoding.Latin1.GetString([.. file]);
        var found = Number().Matches(text);
        if (found.Count > 0)
        {
            var match = found[random.Next(found.Count)];
            var number = random.Next(3) == 0 ? found[random.Next(found.Count)].Value : Numbers[random.Next(Numbers.Length)];
            file.RemoveRange(match.Index, match.Length);
            file.InsertRange(match.Index, Encoding.Latin1.GetBytes(number));
        }
    }

    [GeneratedRegex("-?[0-9]+(?:\\.[0-9]+)?")]
    private static partial Regex Number();
}
