using System.Collections.Immutable;

namespace ProbePipeline.Reports.Tables;

/// <summary>Numbers of a report in rows.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="Columns">Its columns, all with as many rows.</param>
internal record ResultTable(string Name, ImmutableArray<ResultColumn> Columns)
{
    public int Rows => Columns[0].Count;

    /// <summary>A table of which no column is known yet.</summary>
    /// <param name="name">Its file name without ending.</param>
    /// <param name="rows">What its columns are read from.</param>
    public static ResultTable<TRow> Of<TRow>(string name, IEnumerable<TRow> rows) => new(name, [], [.. rows]);
}

/// <summary>A table that is given its columns one after the other, each by what stands in a row of it.</summary>
/// <param name="Name">Its file name without ending.</param>
/// <param name="Columns">The columns so far.</param>
/// <param name="Source">What the columns are read from, row by row.</param>
internal sealed record ResultTable<TRow>(string Name, ImmutableArray<ResultColumn> Columns, ImmutableArray<TRow> Source) : ResultTable(Name, Columns)
{
    /// <summary>A column of text.</summary>
    public ResultTable<TRow> With(string column, Func<TRow, string> value) => With(ResultColumn.Of(column, Source.Select(value)));

    /// <summary>A column of numbers, or whether something holds.</summary>
    public ResultTable<TRow> With<T>(string column, Func<TRow, T> value)
        where T : struct => With(ResultColumn.Of(column, Source.Select(value)));

    /// <summary>A column of numbers that may be missing.</summary>
    public ResultTable<TRow> With<T>(string column, Func<TRow, T?> value)
        where T : struct => With(ResultColumn.Of(column, Source.Select(value)));

    private ResultTable<TRow> With(ResultColumn column) => this with { Columns = Columns.Add(column) };
}
