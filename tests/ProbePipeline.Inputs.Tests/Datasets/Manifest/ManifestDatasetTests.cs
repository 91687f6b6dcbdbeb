using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Datasets.Manifest;

public sealed class ManifestDatasetTests : IDisposable
{
    private static readonly PictureSize Size = new(10, 20);

    private readonly DatasetFolder _folder = new();

    public ManifestDatasetTests()
    {
        _folder.Picture("a.png", Size);
        _folder.Picture("b.png", Size);
    }

    [Fact]
    public void Pictures_OfAnExport_AreThoseOfTheDataset()
    {
        var scenes = new PartScenes(seed: 11, pictureCount: 4);
        DatasetExport.Write(scenes, _folder["export"], cancellation: TestContext.Current.CancellationToken);
        var read = Open(Path.Combine("export", "manifest.jsonl"));
        Assert.Equal(scenes.Attributes.Select(attribute => attribute.Name), read.Attributes.Select(attribute => attribute.Name));
        Assert.All(scenes.Pictures.Zip(read.Pictures), pair =>
        {
            Assert.Equal((pair.First.Id, pair.First.Index), (pair.Second.Id, pair.Second.Index));
            Assert.Equal(pair.First.Load().Pixels, pair.Second.Load().Pixels);
            Assert.All(pair.First.Parts.Zip(pair.Second.Parts), parts =>
            {
                Assert.Equal(parts.First.Id, parts.Second.Id);
                Assert.Equal(parts.First.Mask.Bits, parts.Second.Mask.Bits);
                Assert.Equal(parts.First.Attributes, parts.Second.Attributes);
            });
        });
    }

    [Theory]
    [InlineData("\"box\": [2, 3, 4, 5]", 20, 3, 2)]
    [InlineData("\"bbox\": [2.6, 3, 1.0, 1]", 1, 3, 3)]
    [InlineData("\"point\": [7.9, 2.1]", 1, 2, 7)]
    [InlineData("\"polygon\": [2, 3, 7, 3, 7, 8, 2, 8]", 25, 3, 2)]
    [InlineData("\"segmentation\": [[2, 3, 7, 3, 7, 8, 2, 8], [10, 0, 12, 0, 12, 2, 10, 2]]", 29, 0, 2)]
    [InlineData("\"segmentation\": {\"size\": [10, 20], \"counts\": [25, 3, 172]}", 3, 5, 2)]
    [InlineData("\"rle\": {\"size\": [10, 20], \"counts\": \"i03\\\\5\"}", 3, 5, 2)]
    public void Mask_EveryForm_IsItsPixels(string region, int area, int top, int left)
    {
        var part = Assert.Single(DatasetFolder.PartsOf(Lines($"{{\"picture\": \"a.png\", {region}, \"part\": \"wheel\"}}")));
        Assert.Equal((area, top, left), (part.Mask.Area, (int)part.Mask.Bounds.Top, (int)part.Mask.Bounds.Left));
        Assert.Equal("wheel", part.Attributes["part"]);
    }

    [Fact]
    public void Mask_ValueOfAPicture_IsItsPixels()
    {
        _folder.Png("mask.png", PictureEncoder.EncodePng(new PictureSize(2, 3), [0, 1, 2, 2, 1, 1]));
        var parts = DatasetFolder.PartsOf(Lines("""{"picture": "a.png", "mask": "mask.png", "maskValue": 1}""", """{"picture": "a.png", "mask": "mask.png", "maskValue": "2"}""", """{"picture": "a.png", "mask": "mask.png"}"""));
        Assert.Equal([3, 2, 5], parts.Select(part => part.Mask.Area));
        Assert.Equal(["a.png#1", "a.png#2", "a.png#3"], parts.Select(part => part.Id));
    }

    [Fact]
    public void Mask_NothingMarkedInTheTable_IsTheWholePicture() => Assert.Equal(200, DatasetFolder.PartsOf(Lines("""{"picture": "a.png", "label": 3}"""))[0].Mask.Area);

    [Theory]
    [InlineData("\"box\": [2, 3, 4]", "expected a box [x, y, width, height]")]
    [InlineData("\"box\": [2, 3, 0, 4]", "expected a box [x, y, width, height]")]
    [InlineData("\"box\": [200, 3, 4, 4]", "holds none of them")]
    [InlineData("\"point\": [-1, 4]", "holds none of them")]
    [InlineData("\"polygon\": [1, 2, \"a\"]", "expected a polygon")]
    [InlineData("\"polygon\": [1, 2, 3, 4]", "three corners")]
    [InlineData("\"rle\": {\"size\": [10, 20]}", "expected { \"size\"")]
    [InlineData("\"mask\": \"none.png\"", "none.png")]
    [InlineData("\"mask\": \"a.png\", \"maskValue\": -1", "a whole number from 0")]
    [InlineData("\"box\": null", "expected a region in")]
    public void Mask_Unusable_IsSaidForThatRowAlone(string region, string expected)
    {
        var parts = DatasetFolder.PartsOf(Lines($"{{\"picture\": \"a.png\", {region}}}", """{"picture": "b.png", "box": [0, 0, 1, 1]}"""));
        var error = Assert.Throws<RegionException>(() => parts[0].Mask);
        Assert.Contains("line 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, parts[1].Mask.Area);
    }

    [Fact]
    public void Pictures_RowsOfOnePictureApart_AreOnePicture()
    {
        var dataset = Lines("""{"picture": "a.png", "k": 1}""", """{"picture": "b.png", "k": 2}""", """{"picture": "a.png", "k": 3}""");
        Assert.Equal([("a.png", "1 3"), ("b.png", "2")], dataset.Pictures.Select(picture => (picture.Id, string.Join(' ', picture.Parts.Select(part => part.Attributes["k"])))));
    }

    [Fact]
    public void Pictures_GroupAndSplit_AreTheTables()
    {
        var pictures = Lines("""{"picture": "a.png", "group": "car", "split": "val"}""", """{"picture": "b.png", "group": "car", "split": "TEST"}""").Pictures.ToArray();
        Assert.Equal([("car", "validation"), ("car", "test")], pictures.Select(picture => (picture.Group, picture.Split)));
    }

    [Fact]
    public void Attributes_MissingInSomeRows_AreEmptyThere()
    {
        var dataset = Lines("""{"picture": "a.png", "color": "red"}""", """{"picture": "b.png", "attributes": {"size": 2.5, "round": true}}""");
        Assert.Equal(["color", "size", "round"], dataset.Attributes.Select(attribute => attribute.Name));
        Assert.Equal(["red", ""], DatasetFolder.PartsOf(dataset).Select(part => part.Attributes["color"]));
        Assert.Equal(("2.5", "true"), (DatasetFolder.PartsOf(dataset)[1].Attributes["size"], DatasetFolder.PartsOf(dataset)[1].Attributes["round"]));
    }

    [Fact]
    public void Pictures_CsvWithMappedColumns_AreItsRows()
    {
        _folder.Write("parts.csv", "file,where,what,\"note, long\"\na.png,\"[0, 0, 2, 2]\",wheel,\"says \"\"hello\"\"\"\nb.png,,door,\n");
        var dataset = new ManifestDataset(new ManifestOptions { Path = _folder["parts.csv"], Columns = new() { Picture = "file", Box = "where", Attributes = ["what"] } });
        var parts = DatasetFolder.PartsOf(dataset);
        Assert.Equal(["what"], dataset.Attributes.Select(attribute => attribute.Name));
        Assert.Equal((4, "wheel", "door"), (parts[0].Mask.Area, parts[0].Attributes["what"], parts[1].Attributes["what"]));
        Assert.Contains("expected a region in where", Assert.Throws<RegionException>(() => parts[1].Mask).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BytesInTheTable_AreDecodedEveryTime()
    {
        var bytes = Convert.ToBase64String(File.ReadAllBytes(_folder["a.png"]));
        var picture = Assert.Single(Lines($"{{\"picture\": {{\"bytes\": \"{bytes}\", \"path\": \"inside.png\"}}}}").Pictures);
        Assert.Equal(("inside.png", Size, Size), (picture.Id, picture.Load().Size, picture.Load().Size));
    }

    [Theory]
    [InlineData("[1, 2]", "line 2: expected a JSON object")]
    [InlineData("{\"picture\": \"a.png\"", "line 2: expected a JSON object")]
    [InlineData("{\"picture\": 3}", "line 2: picture: expected a picture's path or its bytes; found 3")]
    [InlineData("{\"picture\": \"../outside.png\"}", "expected a path inside")]
    [InlineData("{\"picture\": \"/etc/passwd\"}", "expected a path inside")]
    [InlineData("{\"picture\": \"a.png\", \"split\": \"7\"}", "expected train, validation or test; found '7'")]
    [InlineData("{\"picture\": \"a.png\", \"id\": \"one\"}", "'one' is also that of")]
    [InlineData("{\"picture\": \"a.png\", \"id\": [1]}", "expected the row's name")]
    [InlineData("{\"picture\": \"a.png\", \"id\": \"two\", \"group\": \"g\"}", "expected group and split of the picture")]
    public void Pictures_RowThatCannotBe_IsRefusedWithItsPlace(string line, string expected)
    {
        var error = Assert.Throws<DatasetException>(() => Lines("""{"picture": "a.png", "id": "one"}""", line).PictureCount);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("parts.jsonl", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.jsonl", "there is none of this name")]
    [InlineData("a.png", "whose name ends in .jsonl, .csv or .parquet")]
    [InlineData("", "expected Parquet files of the pattern")]
    [InlineData("empty.jsonl", "expected a row a part; found a table without rows")]
    [InlineData("empty.csv", "expected the names of the columns")]
    [InlineData("ragged.csv", "line 2: expected 2 cells")]
    public void Pictures_NoSuchTable_IsRefusedByName(string name, string expected)
    {
        _folder.Write("empty.jsonl", "\n \n");
        _folder.Write("empty.csv", "");
        _folder.Write("ragged.csv", "picture,part\na.png\n");
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => Open(name).PictureCount).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_OneNameForTwoFiles_IsRefusedWithBothPlaces()
    {
        var read = Lines("""{"pictureId": "one", "picture": "a.png", "label": 1}""", """{"pictureId": "one", "picture": "b.png", "label": 2}""");
        var error = Assert.Throws<DatasetException>(() => read.PictureCount);
        Assert.Contains("line 2: expected the picture of one as in ", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 1, 'a.png'; found 'b.png'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_LineThatIsNoJson_NamesOnlyTheFilesLine()
    {
        var read = Lines("""{"picture": "a.png"}""", "{oops");
        Assert.DoesNotContain("LineNumber", Assert.Throws<DatasetException>(() => read.PictureCount).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_ColumnThatIsNotThere_NamesTheNearest()
    {
        var options = new ManifestOptions { Path = _folder.Write("parts.jsonl", """{"picture": "a.png", "bounds": [0, 0, 1, 1]}"""), Columns = new() { Box = "bound" } };
        Assert.Contains("did you mean \"bounds\"?", Assert.Throws<DatasetException>(() => new ManifestDataset(options).PictureCount).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private ManifestDataset Open(string name) => new(new ManifestOptions { Path = _folder[name] });

    private ManifestDataset Lines(params string[] lines) => new(new ManifestOptions { Path = _folder.Write("parts.jsonl", string.Join('\n', lines)) });
}
