using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Ade20kParts;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Tests.Datasets.Ade20kParts;

public sealed class Ade20kPartsDatasetTests : IDisposable
{
    private static readonly PictureSize Size = new(2, 4);

    private readonly DatasetFolder _folder = new();

    [Fact]
    public void Pictures_OfTheFullDataset_AreItsPartsWithTheObjectThatHoldsThem()
    {
        // Two objects, left and right; two parts on the left one. Blue values need not follow one another.
        Labels("training/x/ADE_1_seg.png", 10, 10, 200, 200, 10, 10, 200, 200);
        Labels("training/x/ADE_1_parts_1.png", 0, 7, 0, 0, 90, 90, 90, 0);
        _folder.Picture("training/x/ADE_1.jpg", Size);
        _folder.Write("training/x/ADE_1_atr.txt", "001 # 0 # 0 # door, gate # door # \"\"\n002 # 0 # 1 # car # car # \"red\"\n001 # 1 # 0 # knob, handle # knob # \"\"\n002 # 1 # 0 # panel # panel # \"\"\n");
        var dataset = new Ade20kPartsDataset(_folder.Path);
        var picture = Assert.Single(dataset.Pictures);
        Assert.Equal(("ADE_1", "train"), (picture.Id, picture.Split));
        Assert.Equal([("knob", "door", 1), ("panel", "door", 3)], picture.Parts.Select(part => (part.Attributes["part"], part.Attributes["object"], part.Mask.Area)));
        Assert.Equal(["knob", "panel"], dataset.Attributes[0].Values);
        Assert.Contains("door knob", dataset.Attributes[2].Values);
    }

    [Theory]
    [InlineData("001 # 0 # 0 # door # door # \"\"", "expected a line for instance 1 of level 1")]
    [InlineData("one # 0 # 0 # door # door # \"\"", "line 1: expected \"instance # part level")]
    [InlineData("nothing", "line 1: expected \"instance # part level")]
    public void Parts_NamesThatDoNotFit_AreRefused(string attributes, string expected)
    {
        Labels("ADE_1_seg.png", 1, 1, 1, 1, 1, 1, 1, 1);
        Labels("ADE_1_parts_1.png", 0, 7, 0, 0, 0, 0, 0, 0);
        _folder.Write("ADE_1_atr.txt", attributes);
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => new Ade20kPartsDataset(_folder.Path).Pictures.Single().Parts).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_EmptyFolder_SaysWhatIsLookedFor() =>
        Assert.Contains("_parts_1.png", Assert.Throws<DatasetException>(() => new Ade20kPartsDataset(_folder.Path).PictureCount).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private void Labels(string name, params byte[] blues) => _folder.Png(name, PictureEncoder.EncodePng(new Picture(Size, [.. blues.SelectMany(blue => new byte[] { 0, blue, blue })])));
}
