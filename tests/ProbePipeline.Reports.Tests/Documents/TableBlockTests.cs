using System.Collections.Immutable;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class TableBlockTests
{
    private static readonly ImmutableArray<TableColumn> Columns = [new("condition", false), new("test", true)];

    [Theory]
    [InlineData("intact")]
    [InlineData("intact", "0.5", "0.4 to 0.6")]
    public void New_MoreOrFewerCellsThanColumns_IsRefusedByNameAndRow(params string[] cells)
    {
        var error = Assert.Throws<ArgumentException>(() => new TableBlock("Accuracies", Columns, [["cut", "0.3"], [.. cells]]));

        Assert.StartsWith(
            $"expected 2 cells a row of the table 'Accuracies', one a column (condition, test); found a row of {cells.Length}: {string.Join(", ", cells)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RowsAndColumns_HoldsEveryCellBesideItsName()
    {
        TableBlock table = TableBlock.Of("Squares", [1, 2])
            .Text("of", number => $"the number {number}")
            .Each([1, 10], (table, factor) => table.Number($"times {factor}", number => Shown.Count(number * number * factor)))
            .When(true, table => table.Text("is", _ => "there"))
            .When(false, table => table.Text("is not", _ => "there"));


        Assert.Equal("Squares", table.Caption);
        Assert.Equal([new TableColumn("of", false), new TableColumn("times 1", true), new TableColumn("times 10", true), new TableColumn("is", false)], table.Columns);
        Assert.Equal([["the number 1", "1", "10", "there"], ["the number 2", "4", "40", "there"]], table.Rows.Select(row => row.ToArray()));
    }

    [Fact]
    public void Of_NoRows_HasItsColumnsAllTheSame()
    {
        TableBlock table = TableBlock.Of("Squares", Array.Empty<int>()).Text("of", number => $"{number}");

        Assert.Equal(["of"], table.Columns.Select(column => column.Name));
        Assert.Empty(table.Rows);
    }
}
