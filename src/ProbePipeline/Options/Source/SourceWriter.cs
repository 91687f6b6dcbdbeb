using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProbePipeline.Options.Source;

/// <summary>Writes nodes as YAML, always alike: two levels of mappings in blocks, everything deeper on one line.</summary>
internal static partial class SourceWriter
{
    private const int BlockLevels = 2;

    public static string Write(SourceMapping root)
    {
        var text = new StringBuilder();
        AppendBlock(text, root, level: 0);
        return text.ToString();
    }

    public static string WriteLine(SourceNode node) => node switch
    {
        SourceScalar scalar => Scalar(scalar),
        SourceList list => $"[{string.Join(", ", list.Items.Select(WriteLine))}]",
        SourceMapping { Entries.Count: 0 } => "{}",
        SourceMapping mapping => $"{{ {string.Join(", ", mapping.Entries.Select(entry => $"{Quoted(entry.Key)}: {WriteLine(entry.Value)}"))} }}",
        _ => "null",
    };

    private static void AppendBlock(StringBuilder text, SourceMapping mapping, int level)
    {
        foreach (var entry in mapping.Entries)
        {
            text.Append(' ', 2 * level).Append(Quoted(entry.Key)).Append(':');
            if (entry.Value is SourceMapping { Entries.Count: > 0 } inner && level + 1 < BlockLevels)
            {
                text.Append('\n');
                AppendBlock(text, inner, level + 1);
            }
            else
            {
                text.Append(' ').Append(WriteLine(entry.Value)).Append('\n');
            }
        }
    }

    private static string Scalar(SourceScalar scalar) => scalar.Plain ? scalar.Text : Quoted(scalar.Text);

    /// <summary>A text without quotes where YAML reads it as that very text, in double quotes elsewhere.</summary>
    public static string Quoted(string text)
    {
        if (SafeWord().IsMatch(text) && text.ToUpperInvariant() is not ("TRUE" or "FALSE" or "NULL" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N"))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => quoted.Append('\\').Append(character),
                '\n' => quoted.Append("\\n"),
                _ when char.IsControl(character) || character is '\u2028' or '\u2029' or '\ufeff' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^[A-Za-z_/](?:[A-Za-z0-9_./+()-]| (?=[A-Za-z0-9_./+(-]))*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SafeWord();
}
