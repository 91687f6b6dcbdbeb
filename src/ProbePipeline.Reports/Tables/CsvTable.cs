using System.Text;

namespace ProbePipeline.Reports.Tables;

/// <summary>A table as comma-separated values (RFC 4180, but for line ends of one character): UTF-8, names first, numbers that read back unchanged.</summary>
internal static class CsvTable
{
    public static byte[] Write(ResultTable table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(column => Quoted(column.Name))).Append('\n');
        for (var row = 0; row < table.Rows; row++)
        {
            text.AppendJoin(',', table.Columns.Select(column => Quoted(column.Text(row)))).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
