using System.Collections.Immutable;

namespace ProbePipeline.Reports.Tables;

/// <summary>A <see cref="ResultTable"/> in the making: it is given its columns one after the other, each by what stands in a row of it.</summary>
/// <param name="Name">The table's file name without ending.</param>
/// <param name="Columns">The columns so far.</param>
/// <param name="Rows">What the columns are read from.</param>
internal sealed record TableOf<TRow>(string Name, ImmutableArray<ResultColumn> Columns, ImmutableArray<TRow> Rows)
{
    public static implicit operator ResultTable(TableOf<TRow> table) => new(table.Name, table.Columns);

    /// <summary>A column of text.</summary>
    public TableOf<TRow> With(string column, Func<TRow, string> value) => With(ResultColumn.Of(column, Rows.Select(value)));

    /// <summary>A column of numbers, or whether something holds.</summary>
    public TableOf<TRow> With<T>(string column, Func<TRow, T> value)
        where T : struct => With(ResultColumn.Of(column, Rows.Select(value)));

    /// <summary>A column of numbers that may be missing.</summary>
    public TableOf<TRow> With<T>(string column, Func<TRow, T?> value)
        where T : struct => With(ResultColumn.Of(column, Rows.Select(value)));

    private TableOf<TRow> With(ResultColumn column) => this with { Columns = Columns.Add(column) };
}
