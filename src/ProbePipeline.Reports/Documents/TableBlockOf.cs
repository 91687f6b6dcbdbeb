using System.Collections.Immutable;

namespace ProbePipeline.Reports.Documents;

/// <summary>A <see cref="TableBlock"/> in the making: it is given its columns one after the other, each by its name and what stands in a row of it.</summary>
/// <param name="Caption">What the table holds.</param>
/// <param name="Rows">What the columns are read from.</param>
/// <param name="Columns">The columns so far; the first names the row.</param>
internal sealed record TableBlockOf<TRow>(string Caption, ImmutableArray<TRow> Rows, ImmutableArray<(TableColumn Column, Func<TRow, string> Cell)> Columns)
{
    public static implicit operator TableBlock(TableBlockOf<TRow> table) => new(
        table.Caption,
        [.. table.Columns.Select(column => column.Column)],
        [.. table.Rows.Select(row => table.Columns.Select(column => column.Cell(row)).ToImmutableArray())]);

    /// <summary>A column of text.</summary>
    public TableBlockOf<TRow> Text(string name, Func<TRow, string> cell) => With(new TableColumn(name, IsNumber: false), cell);

    /// <summary>A column of numbers, which stand to the right.</summary>
    public TableBlockOf<TRow> Number(string name, Func<TRow, string> cell) => With(new TableColumn(name, IsNumber: true), cell);

    /// <summary>Columns for every item of what was measured.</summary>
    public TableBlockOf<TRow> Each<TItem>(IEnumerable<TItem> items, Func<TableBlockOf<TRow>, TItem, TableBlockOf<TRow>> with) => items.Aggregate(this, with);

    /// <summary>Columns for what was measured only in some studies.</summary>
    public TableBlockOf<TRow> When(bool isMeasured, Func<TableBlockOf<TRow>, TableBlockOf<TRow>> with) => isMeasured ? with(this) : this;

    private TableBlockOf<TRow> With(TableColumn column, Func<TRow, string> cell) => this with { Columns = Columns.Add((column, cell)) };
}
