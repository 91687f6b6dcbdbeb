using System.Collections.Immutable;

namespace ProbePipeline.Reports.Tables;

/// <summary>Numbers of a report in rows.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="Columns">Its columns, all with as many rows.</param>
internal sealed record ResultTable(string Name, params ImmutableArray<ResultColumn> Columns)
{
    public int Rows => Columns[0].Count;
}
