using System.Collections.Immutable;

namespace ProbePipeline.Reports.Documents;

/// <summary>Rows of tables.</summary>
internal static class TableRows
{
    /// <summary>Cells as a row.</summary>
    public static ImmutableArray<string> ToRow(this string[] cells) => [.. cells];
}
