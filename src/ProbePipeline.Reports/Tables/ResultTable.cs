using System.Collections.Immutable;

namespace ProbePipeline.Reports.Tables;

/// <summary>Numbers of a report in rows.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="Columns">Its columns, all with as many rows.</param>
internal sealed record ResultTable(string Name, ImmutableArray<ResultColumn> Columns)
{
    public int Rows => Columns[0].Count;

    /// <summary>A table of which no column is known yet.</summary>
    /// <param name="name">Its file name without ending.</param>
    /// <param name="rows">What its columns are read from.</param>
    public static TableOf<TRow> Of<TRow>(string name, IEnumerable<TRow> rows) => new(name, [], [.. rows]);
}
