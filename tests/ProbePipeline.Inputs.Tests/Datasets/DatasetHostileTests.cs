using System.Text;
using Parquet.Serialization;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Ade20kParts;
using ProbePipeline.Inputs.Datasets.CocoParts;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.PanopticParts;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Tests.Datasets.PanopticParts;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Datasets;

[Collection(HostileInputCollection.Name)]
public sealed class DatasetHostileTests : IDisposable
{
    private const string Lines = """
        {"picture": "a.png", "box": [2, 3, 4, 5], "part": "wheel", "attributes": {"color": "red", "n": 3}, "pictureId": "a", "split": "train"}
        {"picture": "a.png", "segmentation": [[2, 3, 7, 3, 7, 8, 2, 8]], "part": "door", "pictureId": "a", "split": "train"}
        {"picture": {"path": "b.png", "bytes": null}, "rle": {"size": [10, 20], "counts": "i03\\5"}, "part": 1, "split": "test"}
        {"picture": "b.png", "rle": {"size": [10, 20], "counts": [25, 3, 172]}, "part": true, "split": "test"}
        {"picture": "b.png", "mask": "mask.png", "maskValue": 1, "split": "test"}
        """;

    private const string Csv = "picture,box,part,mask,maskValue,rle\na.png,\"[2, 3, 4, 5]\",wheel,,,\nb.png,,\"a \"\"door\"\"\",mask.png,1,\nb.png,,,,,\"{\"\"size\"\": [10, 20], \"\"counts\"\": [25, 3, 172]}\"\n";

    private const string Coco = """
        {"images": [{"id": 7, "file_name": "a.png", "height": 10, "width": 20}, {"id": 8, "file_name": "b.png"}],
         "categories": [{"id": 1, "name": "car", "supercategory": "OBJECT"}, {"id": 2, "name": "car:wheel", "supercategory": "PART"}],
         "annotations": [
           {"id": 101, "image_id": 7, "category_id": 2, "segmentation": [[2, 3, 7, 3, 7, 8, 2, 8]]},
           {"id": 102, "image_id": 7, "category_id": 2, "segmentation": {"size": [10, 20], "counts": [25, 3, 172]}, "iscrowd": 0},
           {"id": 103, "image_id": 8, "category_id": 2, "segmentation": {"size": [10, 20], "counts": "i03\\5"}}]}
        """;

    private static readonly PictureSize Size = new(10, 20);

    private readonly DatasetFolder _folder = new();

    public DatasetHostileTests()
    {
        _folder.Picture("a.png", Size);
        _folder.Picture("b.png", Size);
        _folder.Png("mask.png", PictureEncoder.EncodePng(Size, [.. Enumerable.Range(0, 200).Select(pixel => (byte)(pixel % 3))]));
    }

    [Fact]
    public void Pictures_OfMutatedJsonLines_AreReadOrRefusedByName() => Check("table.jsonl", path => new ManifestDataset(new() { Path = path }), Encoding.UTF8.GetBytes(Lines));

    [Fact]
    public void Pictures_OfMutatedCsv_AreReadOrRefusedByName() => Check("table.csv", path => new ManifestDataset(new() { Path = path }), Encoding.UTF8.GetBytes(Csv));

    [Fact]
    public async Task Pictures_OfMutatedParquet_AreReadOrRefusedByName()
    {
        Row[] rows =
        [
            new() { Picture = new() { Path = "a.png", Bytes = File.ReadAllBytes(_folder["a.png"]) }, Part = "wheel", Box = [2, 3, 4, 5], Number = 1 },
            new() { Picture = new() { Path = "b.png" }, Part = null, Box = null, Polygon = [[2, 3, 7, 3, 7, 8, 2, 8]] },
        ];
        await ParquetSerializer.SerializeAsync(rows, _folder["seed.parquet"], cancellationToken: TestContext.Current.CancellationToken);
        var seed = await File.ReadAllBytesAsync(_folder["seed.parquet"], TestContext.Current.CancellationToken);
        File.Delete(_folder["seed.parquet"]);
        Check(
            "table.parquet",
            path => new ManifestDataset(new() { Path = path, Columns = new() { Picture = "Picture", Box = "Box", Polygon = "Polygon" } }),
            seed);
    }

    [Fact]
    public void Pictures_OfMutatedHubParquet_AreReadOrRefusedByName() => Check(
        "table.parquet",
        path => new ManifestDataset(new() { Path = path }),
        [.. Directory.GetFiles(Goldens.Folder("datasets", "hf-parquet"), "*.parquet").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    [Fact]
    public void Pictures_OfMutatedCocoFile_AreReadOrRefusedByName() => Check("coco.json", path => new CocoPartsDataset(path, null), Encoding.UTF8.GetBytes(Coco));

    [Fact]
    public void Read_MutatedTiff_IsReadOrRefusedByName() => HostileInputs.Check(
        file =>
        {
            File.WriteAllBytes(_folder["label.tif"], file);
            LabelFile.Read(_folder["label.tif"]).Where(7);
        },
        _folder.Path,
        [typeof(DatasetException)],
        [.. Directory.GetFiles(Goldens.Folder("datasets", "panoptic-parts"), "*.tif").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]);

    [Fact]
    public void Pictures_OfMutatedPanopticDefinitions_AreReadOrRefusedByName()
    {
        _folder.Png("labels/a.png", PictureEncoder.EncodePng(new Picture(new PictureSize(1, 2), [0xA6, 0x0D, 0x03, 0, 0, 0])));
        _folder.Picture("pictures/a.png", Size);
        Check("definitions.yaml", path => new PanopticPartsDataset(_folder["labels"], _folder["pictures"], path), Encoding.UTF8.GetBytes(PanopticPartsDatasetTests.Definitions));
    }

    [Fact]
    public void Pictures_OfMutatedAdeNames_AreReadOrRefusedByName()
    {
        foreach (var name in new[] { "ADE_1_seg.png", "ADE_1_parts_1.png", "ADE_1.jpg" })
        {
            _folder.Png($"ade/{name}", PictureEncoder.EncodePng(new Picture(new PictureSize(1, 2), [0, 7, 7, 0, 9, 9])));
        }

        Check(
            "ade/ADE_1_atr.txt",
            path => new Ade20kPartsDataset(Path.GetDirectoryName(path)!),
            [.. "001 # 0 # 0 # door, gate # door # \"\"\n002 # 0 # 1 # car # car # \"red\"\n001 # 1 # 0 # knob, handle # knob # \"\"\n002 # 1 # 0 # panel # panel # \"\"\n"u8]);
    }

    public void Dispose() => _folder.Dispose();

    private void Check(string name, Func<string, IPartDataset> open, params byte[][] seeds)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        HostileInputs.Check(
            file =>
            {
                File.WriteAllBytes(_folder[name], file);
                ReadAll(open(_folder[name]));
            },
            _folder.Path,
            [typeof(DatasetException)],
            seeds);
    }

    /// <summary>Everything that a run reads; what is wrong with one row or picture drops that row, as a run does.</summary>
    private static void ReadAll(IPartDataset dataset)
    {
        Assert.NotNull(dataset.Description);
        Assert.False(dataset.Attributes.IsDefault);
        foreach (var picture in dataset.Pictures)
        {
            Try(picture.Load);
            foreach (var part in picture.Parts)
            {
                Try(() => part.Mask);
            }
        }
    }

    private static void Try<T>(Func<T> read)
    {
        try
        {
            read();
        }
        catch (Exception error) when (error is PictureException or RegionException)
        {
            Assert.NotEmpty(error.Message);
        }
    }

    private sealed class Image
    {
        public string? Path { get; set; }

        public byte[]? Bytes { get; set; }
    }

    private sealed class Row
    {
        public Image? Picture { get; set; }

        public string? Part { get; set; }

        public List<double>? Box { get; set; }

        public List<List<double>>? Polygon { get; set; }

        public int? Number { get; set; }
    }
}
