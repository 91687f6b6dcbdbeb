using System.Text.Json;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Datasets;

public sealed class DatasetExportTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("dataset-export").FullName;

    private string Folder => Path.Combine(_root, "export");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Write_PartScenes_IsReadBackByteForByte()
    {
        var dataset = new PartScenes(11, 5);

        Export(dataset);

        var lines = Manifest();
        Assert.Equal(30, lines.Length);
        foreach (var (line, (picture, part, number)) in lines.Zip(Rows(dataset)))
        {
            Assert.Equal((picture.Id, part.Id, number), (line["pictureId"].GetString(), line["id"].GetString(), line["maskValue"].GetInt32()));
            Assert.Equal(part.Attributes, line["attributes"].EnumerateObject().Select(value => KeyValuePair.Create(value.Name, value.Value.GetString()!)));
            Assert.True(Decode(line, "picture").Pixels.SequenceEqual(picture.Load().Pixels), picture.Id);
            AssertMask(part, Decode(line, "mask"), number);
        }

        Assert.Equal(12, Files().Count);
    }

    [Fact]
    public void Write_Manifest_IsOneLineAPart()
    {
        Export(new SmallDataset([[0], [1, 2]]));

        Assert.Equal(
            [
                """{"picture":"pictures/00000.png","pictureId":"folder/0","mask":"masks/00000.png","maskValue":1,"id":"0-0","attributes":{"größe":"<1>"}}""",
                """{"picture":"pictures/00000.png","pictureId":"folder/0","mask":"masks/00000.png","maskValue":2,"id":"0-1","attributes":{"größe":"<2>"}}""",
                "",
            ],
            File.ReadAllText(Path.Combine(Folder, "manifest.jsonl")).Split('\n'));
        Assert.Equal(
            """{"form":"ProbePipeline part dataset 1","name":"small","description":"small"}""",
            File.ReadAllText(Path.Combine(Folder, "dataset.json")));
    }

    [Fact]
    public void Write_OverlappingParts_HaveAMaskFileEach()
    {
        var dataset = new SmallDataset([[0, 1], [1, 2]]);

        Export(dataset);

        var lines = Manifest();
        Assert.Equal(["masks/00000-001.png", "masks/00000-002.png"], lines.Select(line => line["mask"].GetString()));
        foreach (var (line, (_, part, _)) in lines.Zip(Rows(dataset)))
        {
            Assert.Equal(1, line["maskValue"].GetInt32());
            AssertMask(part, Decode(line, "mask"), 1);
        }
    }

    [Fact]
    public void Write_MorePartsThanAByteCounts_HaveAMaskFileEach()
    {
        Export(new SmallDataset([.. Enumerable.Repeat<int[]>([], 256)]));

        Assert.Equal(256, Directory.EnumerateFiles(Path.Combine(Folder, "masks")).Count());
    }

    [Fact]
    public void Write_PictureWithoutParts_IsLeftOut()
    {
        var dataset = new SmallDataset([], [[0]]);

        Export(dataset);

        Assert.Equal("pictures/00001.png", Assert.Single(Manifest())["picture"].GetString());
        Assert.Equal(1, dataset.Loaded);
    }

    [Fact]
    public void Write_TransparentColour_IsPaintedWhite()
    {
        Export(new SmallDataset([[0]]) { TransparentColour = new Rgb(3, 4, 5) });

        var picture = Decode(Assert.Single(Manifest()), "picture");
        Assert.Equal<byte>([0, 1, 2, 255, 255, 255, 6, 7, 8, 9, 10, 11], picture.Row(0));
        Assert.Null(picture.TransparentColour);
    }

    [Fact]
    public void Write_OverItsOwnFolder_GivesTheSameBytes()
    {
        Export(new PartScenes(11, 2));
        var first = Files();
        File.Delete(Path.Combine(Folder, "masks", "00001.png"));
        File.WriteAllText(Path.Combine(Folder, "manifest.jsonl"), "torn");

        Export(new PartScenes(11, 2));

        Assert.Equal(first, Files());
    }

    [Fact]
    public void Write_OverAnInterruptedExport_GoesOn()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Counted(count => stop.Cancel());
        Assert.Throws<OperationCanceledException>(() => DatasetExport.Write(new PartScenes(11, 3), Folder, progress, stop.Token));
        Assert.False(File.Exists(Path.Combine(Folder, "manifest.jsonl")));

        Export(new PartScenes(11, 3));

        Assert.Equal(18, Manifest().Length);
        Assert.DoesNotContain(Files().Keys, name => name.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OverAnExportThatStoppedAtItsMark_GoesOn()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "dataset.json.partial"), "{");

        Export(new SmallDataset([[0]]));

        Assert.Equal(["dataset.json", "manifest.jsonl", "masks/00000.png", "pictures/00000.png"], Files().Keys.Select(name => name.Replace('\\', '/')));
    }

    [Fact]
    public void Write_Progress_CountsPictures()
    {
        List<int> counts = [];

        DatasetExport.Write(new SmallDataset([[0]], [[0]], [[1]]), Folder, new Counted(counts.Add), TestContext.Current.CancellationToken);

        Assert.Equal([1, 2, 3], counts);
    }

    [Fact]
    public void Write_FolderOfSomethingElse_IsLeftAlone()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "thesis.tex"), "years");

        AssertRefused([Folder, "expected a new or empty folder", "nothing in it was touched"], new SmallDataset([[0]]));

        Assert.Equal("thesis.tex", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(Folder))));
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"name":"small","description":"small"}""")]
    public void Write_MarkOfSomebodyElse_IsNoMark(string mark)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "dataset.json"), mark);

        AssertRefused(["without a dataset.json of ours"], new SmallDataset([[0]]));

        Assert.Equal(mark, File.ReadAllText(Path.Combine(Folder, "dataset.json")));
    }

    [Fact]
    public void Write_FolderOfAnotherDataset_NamesBoth()
    {
        Export(new PartScenes(11, 1));

        AssertRefused(["another dataset (PartScenes v1, seed 11, 1 pictures)", "this one is PartScenes v1, seed 12, 1 pictures"], new PartScenes(12, 1));
    }

    [Fact]
    public void Write_FileInPlaceOfAFolder_IsRefused()
    {
        File.WriteAllText(Folder, "");

        AssertRefused([Folder, "found a file"], new SmallDataset([[0]]));
    }

    [Fact]
    public void Write_FolderBelowAFile_SaysThatItCannotBeWritten()
    {
        File.WriteAllText(Folder, "");

        var message = Assert.Throws<DatasetException>(() => Export(new SmallDataset([[0]]), "below")).Message;

        Assert.Contains("cannot be written", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MaskOfAnotherSize_NamesThePart() =>
        AssertRefused(["part 0-0", "3 x 4 pixels", "its picture 2 x 4"], new SmallDataset([[0]]) { MaskSize = new PictureSize(3, 4) });

    private void Export(IPartDataset dataset, string below = "") =>
        DatasetExport.Write(dataset, Path.Combine(Folder, below), cancellation: TestContext.Current.CancellationToken);

    private static IEnumerable<(PartPicture Picture, PicturePart Part, int Number)> Rows(IPartDataset dataset) =>
        dataset.Pictures.SelectMany(picture => picture.Parts.Select((part, index) => (picture, part, index + 1)));

    private static void AssertMask(PicturePart part, Picture mask, int value)
    {
        Assert.Equal(part.Mask.Size, mask.Size);
        for (var pixel = 0; pixel < mask.Width * mask.Height; pixel++)
        {
            Assert.Equal(part.Mask[pixel / mask.Width, pixel % mask.Width], mask.Pixels[3 * pixel] == value);
        }
    }

    private Dictionary<string, JsonElement>[] Manifest() =>
    [
        .. File.ReadLines(Path.Combine(Folder, DatasetExport.Manifest)).Select(line => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(line)!),
    ];

    private Picture Decode(Dictionary<string, JsonElement> line, string column) => PictureDecoder.Decode(Path.Combine(Folder, line[column].GetString()!));

    private SortedDictionary<string, string> Files() => new(
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Folder, file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private void AssertRefused(string[] reasons, IPartDataset dataset)
    {
        var message = Assert.Throws<DatasetException>(() => Export(dataset)).Message;
        Assert.All(reasons, reason => Assert.Contains(reason, message, StringComparison.Ordinal));
    }

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once.</summary>
    private sealed class Counted(Action<int> told) : IProgress<int>
    {
        public void Report(int value) => told(value);
    }
}
