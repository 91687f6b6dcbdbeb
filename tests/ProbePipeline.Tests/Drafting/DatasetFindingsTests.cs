using System.Collections.Immutable;
using ProbePipeline.Drafting;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Tests.Drafting;

public sealed class DatasetFindingsTests
{
    [Fact]
    public void Of_PartScenes_AsksByColourAndControlsByShapeAndColour()
    {
        var found = DatasetFindings.Of(new PartScenes(seed: 11, pictureCount: 100), target: null);
        Assert.Equal((100, 600, "part", "color"), (found.Pictures, found.Parts, found.Target, found.Asked));
        // With the object the type would be the target.
        Assert.Equal(["shape", "color"], found.Control);
        Assert.Equal([("part", 15), ("shape", 3), ("color", 8), ("object", 5)], found.Fields);
    }

    [Fact]
    public void Of_FieldThatNamesEveryRow_IsForNothing()
    {
        var found = DatasetFindings.Of(new Table([("serial", i => $"{i}"), ("kind", i => i % 3 == 0 ? "a" : "b")]), target: null);
        Assert.Equal("kind", found.Target);
        Assert.Null(found.Asked);
        Assert.Empty(found.Control);
    }

    [Fact]
    public void Of_PicturesThatRepeatEveryValue_HaveNoFieldToAskBy() =>
        Assert.Null(DatasetFindings.Of(new Table([("kind", i => i % 3 == 0 ? "a" : "b"), ("side", _ => "left")]), target: null).Asked);

    [Fact]
    public void Of_NothingToPredict_SaysWhatThereIs()
    {
        var error = Assert.Throws<ExperimentException>(() => DatasetFindings.Of(new Table([("side", _ => "left")]), target: null));
        Assert.Contains("side (1)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Twenty pictures of two parts, whose fields are made from the part's number.</summary>
    private sealed class Table(ImmutableArray<(string Name, Func<int, string> Value)> fields) : IPartDataset
    {
        private static readonly PictureSize Size = new(4, 4);

        public string Name => "table";

        public string Description => Name;

        public int PictureCount => 20;

        public ImmutableArray<PartAttribute> Attributes => [.. fields.Select(one => new PartAttribute(one.Name, [.. Enumerable.Range(0, 40).Select(one.Value).Distinct()]))];

        public IEnumerable<PartPicture> Pictures => Enumerable.Range(0, PictureCount).Select(index => new PartPicture(
            $"{index}", index, () => throw new InvalidOperationException("A draft needs no pixels."), () => [Part(2 * index), Part((2 * index) + 1)]));

        private PicturePart Part(int number) => new(
            $"{number}", RegionMask.Create(Size, (_, _) => true), fields.Select(field => KeyValuePair.Create(field.Name, field.Value(number))));
    }
}
