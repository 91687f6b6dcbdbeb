using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.PanopticParts;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Datasets.PanopticParts;

public sealed class PanopticPartsDatasetTests : IDisposable
{
    // The form of cpp_datasetspec.yaml (panoptic_parts 2.0).
    internal const string Definitions = """
        version: '2.0'
        comments:
          - [nested, {deeply: true}]
        scene_class2part_classes: {
          road: [],
          person: [torso, head],
          car: [window, wheel],
        }
        scene_classes_with_instances: [person, car]
        """;

    private static readonly PictureSize Size = new(2, 3);

    private readonly DatasetFolder _folder = new();

    [Fact]
    public void Pictures_OfPngLabels_AreTheirParts()
    {
        // 302: an id of a person without instance; 2000102 and 2000101: head and torso of person 1; 3005002: wheel of car 50.
        Label("labels/train/city_01_gtFinePanopticParts.png", 1, 2, 200102, 200101, 305002, 200102);
        _folder.Picture("pictures/train/city_01_leftImg8bit.png", Size);
        var dataset = Open();
        var picture = Assert.Single(dataset.Pictures);
        Assert.Equal(("city_01", "train", Size), (picture.Id, picture.Split, picture.Load().Size));
        Assert.Equal([("torso", "person", 1), ("head", "person", 2), ("wheel", "car", 1)], picture.Parts.Select(part => (part.Attributes["part"], part.Attributes["object"], part.Mask.Area)));
        Assert.Equal(["torso", "head", "window", "wheel"], dataset.Attributes[0].Values);
        Assert.Equal(["person", "car"], dataset.Attributes[1].Values);
        Assert.Equal("person head", picture.Parts[1].Attributes["category"]);
    }

    [Theory]
    [InlineData(200103, "label 200103 is part 3 of class 2")]
    [InlineData(500101, "label 500101 is part 1 of class 5")]
    [InlineData(10_000_000, "expected labels from 0 to 9999999; found 10000000")]
    public void Parts_LabelWithoutName_IsRefused(int label, string expected)
    {
        Label("labels/a.png", label, 0, 0, 0, 0, 0);
        _folder.Picture("pictures/a.png", Size);
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => Open().Pictures.Single().Parts).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_LabelWithoutPicture_IsRefused()
    {
        Label("labels/a.png", 0, 0, 0, 0, 0, 0);
        _folder.Picture("pictures/b.png", Size);
        Assert.Contains("expected one picture of the same name", Assert.Throws<DatasetException>(() => Open().PictureCount).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("key: [1", "line")]
    [InlineData("other: 1", "expected the key scene_class2part_classes")]
    [InlineData("scene_class2part_classes: 3", "specification")]
    public void Attributes_NoDefinitions_AreRefused(string text, string expected)
    {
        var dataset = new PanopticPartsDataset(_folder.Path, _folder.Path, _folder.Write("definitions.yaml", text));
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => dataset.Attributes).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no picture at all")]
    [InlineData("II*\0broken")]
    public void Parts_TiffThatIsNone_IsRefusedByName(string content)
    {
        _folder.Write("labels/a.tif", content);
        _folder.Picture("pictures/a.png", Size);
        Assert.Contains("a.tif", Assert.Throws<DatasetException>(() => Open().Pictures.Single().Parts).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private PanopticPartsDataset Open() => new(_folder["labels"], _folder["pictures"], _folder.Write("definitions.yaml", Definitions));

    private void Label(string name, params int[] labels) =>
        _folder.Png(name, PictureEncoder.EncodePng(new Picture(Size, [.. labels.SelectMany(label => new[] { (byte)label, (byte)(label >> 8), (byte)(label >> 16) })])));
}
