using System.Globalization;
using CsvHelper;
using Parquet;
using Parquet.Schema;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.CocoParts;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.PanopticParts;
using ProbePipeline.Inputs.Datasets.Tables;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Datasets;

/// <summary>Small tables and annotations that claim much, or are nested without end.</summary>
[Collection(HostileInputCollection.Name)]
public sealed class DatasetBombTests : IDisposable
{
    private const int Levels = 100_000;

    private static readonly string Nested = $"{new string('[', Levels)}{new string(']', Levels)}";

    private readonly DatasetFolder _folder = new();

    [Fact]
    public void Open_DeeplyNestedJson_IsRefused()
    {
        var lines = _folder.Write("table.jsonl", $"{{\"picture\": \"a.png\", \"box\": {Nested}}}");
        var csv = _folder.Write("table.csv", $"picture,box\na.png,\"{Nested}\"\n");
        var coco = _folder.Write("coco.json", $"{{\"images\": [], \"annotations\": [{{\"segmentation\": {Nested}}}]}}");
        _folder.Picture("a.png", new PictureSize(2, 2));
        Assert.Contains("maximum configured depth of 16", Refused(() => new ManifestDataset(new() { Path = lines }).PictureCount), StringComparison.Ordinal);
        Assert.Contains("maximum configured depth of 16", Assert.Throws<RegionException>(() => DatasetFolder.PartsOf(new ManifestDataset(new() { Path = csv }))[0].Mask).Message, StringComparison.Ordinal);
        Assert.Contains("maximum configured depth of 16", Refused(() => new CocoPartsDataset(coco, null).PictureCount), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedOrAliasedDefinitions_AreRefused()
    {
        var nested = _folder.Write("nested.yaml", $"a: {Nested}\n");
        var laughs = _folder.Write("laughs.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nscene_class2part_classes: { car: *b }\n");
        HostileInputs.Check([("nested", [])], _ => Assert.Contains("at most 16 deep", Refused(() => PartDefinitions.Read(nested)), StringComparison.Ordinal), "", []);
        Assert.Contains("laughs.yaml", Refused(() => PartDefinitions.Read(laughs)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13_000, 13_000, true)]
    [InlineData(60_000, 60_000, false)]
    public void FromRuns_HugeSize_CostsAnEighthOfItOrIsRefused(int height, int width, bool isAllowed) => HostileInputs.Check(
        [("runs", [])],
        _ =>
        {
            var size = new PictureSize(height, width);
            if (isAllowed)
            {
                Assert.Equal(0, RunLengthMask.FromRuns(size, [(long)height * width]).Area);
            }
            else
            {
                Assert.Contains("at most 178956970 pixels. Found 60000 x 60000", Assert.Throws<RegionException>(() => RunLengthMask.FromText(size, "0")).Message, StringComparison.Ordinal);
            }
        },
        "",
        []);

    [Fact]
    public void Of_PolygonsWithoutEnd_SaysLimitAndFound()
    {
        double[] whole = [0, 0, 4000, 0, 4000, 4000, 0, 4000];
        HostileInputs.Check([("polygons", [])], _ =>
        {
            var error = Assert.Throws<RegionException>(() => PolygonMask.Of(new PictureSize(4000, 4000), Enumerable.Repeat(whole, 1_000_000)));
            Assert.Contains("at most 1073741824 pixels; found 1088000000 before their end", error.Message, StringComparison.Ordinal);
        }, "", []);
    }

    [Fact]
    public void Read_RowWithoutEnd_SaysLimitAndFile()
    {
        using var text = new BoundedRowReader(new Endless(), "table.csv", longest: 1 << 20);
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        var error = Assert.Throws<DatasetException>(() => csv.Read());
        Assert.Contains("table.csv: expected a table with a row of at most 1048576 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ColumnsWithoutEnd_AreRefused()
    {
        var lines = _folder.Write("table.jsonl", $"{{\"picture\": \"a.png\", {string.Join(',', Enumerable.Range(0, 5000).Select(column => $"\"c{column}\": 1"))}}}");
        Assert.Contains("expected at most 4096 columns", Refused(() => new ManifestDataset(new() { Path = lines }).PictureCount), StringComparison.Ordinal);
    }

    /// <summary>What compresses to next to nothing: a column of one text a million times is read, and ten million nulls in a few bytes are not.</summary>
    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Brotli)]
    public async Task Rows_OfPackedColumns_AreReadUpToTheLimit(CompressionMethod method)
    {
        await Write("some.parquet", 100_000, method);
        Assert.Equal(100_000, TableFile.Open(_folder["some.parquet"], "*").Rows(new HashSet<string>()).Count(row => row["text"] is "the same text again and again"));
        await Write("bomb.parquet", 10_000_000, method, isNull: true);
        var error = Refused(() => TableFile.Open(_folder["bomb.parquet"], "*").Rows(new HashSet<string>()).Count());
        Assert.Contains("10000000 values, in a file of", error, StringComparison.Ordinal);
        Assert.Contains("at most 1048576 and 8 a byte", error, StringComparison.Ordinal);
    }

    [Fact]
    public void OfSnappyAndZstd_WhatTheyClaim_IsFound()
    {
        Assert.Equal(1L << 31, PackedSize.OfSnappy([0x80, 0x80, 0x80, 0x80, 0x08, 1]));
        Assert.Equal(-1, PackedSize.OfSnappy([0x80, 0x80]));
        // One frame that states 16 GB, one of two blocks that states nothing, and both behind a frame to skip.
        byte[] stated = [0x28, 0xB5, 0x2F, 0xFD, 0xE0, 0, 0, 0, 0, 4, 0, 0, 0, 0x03, 0, 0, 7];
        byte[] unstated = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x02, 0, 0, 7, 0x03, 0, 0, 7];
        byte[] skipped = [0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9];
        Assert.Equal(16L << 30, PackedSize.OfZstd(stated));
        Assert.Equal(2 << 17, PackedSize.OfZstd(unstated));
        Assert.Equal((16L << 30) + (2 << 17), PackedSize.OfZstd([.. skipped, .. unstated, .. stated]));
        Assert.Equal(-1, PackedSize.OfZstd([.. unstated, 1]));
    }

    public void Dispose() => _folder.Dispose();

    private static string Refused(Func<object?> read) => Assert.Throws<DatasetException>(() => { read(); }).Message;

    private async Task Write(string name, int rows, CompressionMethod method, bool isNull = false)
    {
        var schema = new ParquetSchema(new DataField<string>("text"));
        await using var stream = File.Create(_folder[name]);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = method });
        using var group = writer.CreateRowGroup();
        await group.WriteAsync(schema.DataFields[0], Enumerable.Repeat(isNull ? null : "the same text again and again", rows).ToArray());
    }

    private sealed class Endless : TextReader
    {
        public override int Read(char[] buffer, int index, int count)
        {
            buffer.AsSpan(index, count).Fill('x');
            return count;
        }
    }
}
