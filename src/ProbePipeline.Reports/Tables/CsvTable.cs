using System.Globalization;
using System.Text;

namespace ProbePipeline.Reports.Tables;

/// <summary>
/// A table as comma-separated values (RFC 4180, but for line ends of one character): UTF-8, names first, numbers that read back unchanged. A text that a spreadsheet would
/// take for a formula (OWASP, "CSV Injection") gets an apostrophe in front, since names and answers are anybody's and such a formula can send what stands beside it
/// elsewhere; as it is it stands in the Parquet file and in results.json.
/// </summary>
internal static class CsvTable
{
    public static byte[] Write(ResultTable table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(column => Quoted(Harmless(column.Name)))).Append('\n');
        for (var row = 0; row < table.Rows; row++)
        {
            text.AppendJoin(',', table.Columns.Select(column => Quoted(column.IsText ? Harmless(column.Text(row)) : column.Text(row)))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"'{text}" : text;

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
