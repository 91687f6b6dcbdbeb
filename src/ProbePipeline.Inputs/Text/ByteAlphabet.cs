using System.Text;

namespace ProbePipeline.Inputs.Text;

/// <summary>
/// The character that stands for each byte in byte-level vocabularies: printable bytes of Latin-1 stand for themselves, the others for the
/// characters from U+0100 on (Radford et al., 2019, encoder.py).
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Make();

    private static readonly Dictionary<char, byte> Bytes = Characters.Index().ToDictionary(entry => entry.Item, entry => (byte)entry.Index);

    /// <summary>The UTF-8 bytes of a text, a character each.</summary>
    public static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => Characters[value]));

    /// <summary>The bytes that a token's characters stand for; the token's own bytes where one of them stands for none.</summary>
    public static byte[] Decode(string token) => token.All(Bytes.ContainsKey) ? [.. token.Select(character => Bytes[character])] : Encoding.UTF8.GetBytes(token);

    private static char[] Make()
    {
        var next = 0x100;
        return [.. Enumerable.Range(0, 256).Select(value => value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++)];
    }
}
