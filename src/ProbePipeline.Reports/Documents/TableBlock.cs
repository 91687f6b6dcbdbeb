using System.Collections.Immutable;

namespace ProbePipeline.Reports.Documents;

/// <summary>A table for people.</summary>
internal sealed record TableBlock : Block
{
    /// <param name="caption">What it holds.</param>
    /// <param name="columns">Names; numbers stand to the right.</param>
    /// <param name="rows">As many cells a row as there are columns; the first names the row.</param>
    /// <exception cref="ArgumentException">A row has more or fewer.</exception>
    public TableBlock(string caption, ImmutableArray<TableColumn> columns, ImmutableArray<ImmutableArray<string>> rows)
    {
        if (rows.FirstOrDefault(row => row.Length != columns.Length) is { IsDefault: false } other)
        {
            throw new ArgumentException(
                $"expected {Shown.Counted(columns.Length, "cell", "cells")} a row of the table '{caption}', one a column ({string.Join(", ", columns.Select(column => column.Name))}); "
                + $"found a row of {Shown.Count(other.Length)}: {string.Join(", ", other)}",
                nameof(rows));
        }

        (Caption, Columns, Rows) = (caption, columns, rows);
    }

    public string Caption { get; }

    public ImmutableArray<TableColumn> Columns { get; }

    public ImmutableArray<ImmutableArray<string>> Rows { get; }

    /// <summary>A table of which no column is known yet.</summary>
    /// <param name="caption">What it holds.</param>
    /// <param name="rows">What its columns are read from.</param>
    public static TableBlockOf<TRow> Of<TRow>(string caption, IEnumerable<TRow> rows) => new(caption, [.. rows], []);
}
