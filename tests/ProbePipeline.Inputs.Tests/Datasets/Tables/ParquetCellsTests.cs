using Parquet.Serialization;
using ProbePipeline.Inputs.Datasets.Tables;

namespace ProbePipeline.Inputs.Tests.Datasets.Tables;

public sealed class ParquetCellsTests : IDisposable
{
    private readonly DatasetFolder _folder = new();

    private sealed class Inner
    {
        public string? Path { get; set; }

        public byte[]? Bytes { get; set; }
    }

    private sealed class Row
    {
        public int? Number { get; set; }

        public bool Flag { get; set; }

        public List<double>? Point { get; set; }

        public List<List<double>>? Polygons { get; set; }

        public Inner? Image { get; set; }
    }

    [Fact]
    public async Task Read_NullsListsAndStructures_AreWhatWasWritten()
    {
        Row[] rows =
        [
            new() { Number = 1, Flag = true, Point = [1.5, 2], Polygons = [[1, 2], [], [3]], Image = new() { Path = "a.png", Bytes = [1, 2] } },
            new() { Number = null, Point = null, Polygons = null, Image = null },
            new() { Number = -3, Point = [], Polygons = [], Image = new() { Path = null, Bytes = [3] } },
        ];
        await ParquetSerializer.SerializeAsync(rows, _folder["rows.parquet"], cancellationToken: TestContext.Current.CancellationToken);
        var read = TableFile.Open(_folder["rows.parquet"], "*").Rows(new HashSet<string>()).ToArray();
        Assert.Equal([1L, null, -3L], read.Select(row => row["Number"]));
        Assert.Equal([true, false, false], read.Select(row => row["Flag"]));
        Assert.Equal([1.5, 2.0], Assert.IsType<object?[]>(read[0]["Point"]));
        Assert.Equal([2, 0, 1], Assert.IsType<object?[]>(read[0]["Polygons"]).Select(polygon => Assert.IsType<object?[]>(polygon).Length));
        Assert.Null(read[1]["Point"]);
        Assert.Null(read[1]["Polygons"]);
        Assert.Null(read[1]["Image"]);
        Assert.Empty(Assert.IsType<object?[]>(read[2]["Polygons"]));
        Assert.Equal("a.png", Assert.IsType<Dictionary<string, object?>>(read[0]["Image"])["Path"]);
        Assert.Equal([3], Assert.IsType<byte[]>(Assert.IsType<Dictionary<string, object?>>(read[2]["Image"])["Bytes"]));
    }

    [Fact]
    public async Task Rows_BytesLeftOut_AreReadAgainWhenTheyAreAskedFor()
    {
        await ParquetSerializer.SerializeAsync([new Row { Image = new() { Path = "a.png", Bytes = [7] } }], _folder["rows.parquet"], cancellationToken: TestContext.Current.CancellationToken);
        var row = TableFile.Open(_folder["rows.parquet"], "*").Rows(new HashSet<string> { "Image" }).Single();
        var light = Assert.IsType<Dictionary<string, object?>>(row["Image"]);
        Assert.Equal("a.png", light["Path"]);
        Assert.Null(light["Bytes"]);
        Assert.Equal([7], Assert.IsType<byte[]>(Assert.IsType<Dictionary<string, object?>>(row.Again("Image"))["Bytes"]));
    }

    [Fact]
    public async Task Again_OnManyThreads_IsTheRowsOwn()
    {
        // Twenty row groups of five rows: whoever reads another group changes what is kept.
        var rows = Enumerable.Range(0, 100).Select(row => new Row { Number = row, Image = new() { Path = $"{row}", Bytes = [(byte)row] } }).ToArray();
        await ParquetSerializer.SerializeAsync(rows, _folder["rows.parquet"], new Parquet.ParquetOptions { RowGroupSize = 5 }, cancellationToken: TestContext.Current.CancellationToken);
        var read = TableFile.Open(_folder["rows.parquet"], "*").Rows(new HashSet<string> { "Number", "Image" }).ToArray();
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, turn =>
        {
            var row = turn * 37 % 100;
            Assert.Equal((long)row, read[row].Again("Number"));
            Assert.Equal([(byte)row], Assert.IsType<byte[]>(Assert.IsType<Dictionary<string, object?>>(read[row].Again("Image"))["Bytes"]));
        });
    }

    [Fact]
    public void Open_NoParquet_IsRefusedByName()
    {
        var error = Assert.Throws<Inputs.Datasets.DatasetException>(() => TableFile.Open(_folder.Write("rows.parquet", "nothing of the kind, and long enough to look at"), "*"));
        Assert.Contains("rows.parquet: expected a Parquet file", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
