using System.Collections.Immutable;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Selection;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Datasets.Selection;

public sealed class SelectedDatasetTests
{
    private static readonly PartScenes Scenes = new(seed: 11, pictureCount: 40);

    [Fact]
    public void Pictures_NothingSaid_AreAll()
    {
        var dataset = Select(new RowSelection());
        Assert.Equal(DatasetFolder.PartsOf(Scenes).Select(part => part.Id), DatasetFolder.PartsOf(dataset).Select(part => part.Id));
        Assert.All(dataset.Taken, row => Assert.Equal(row.Found, row.Taken));
        Assert.Equal(240, dataset.Taken.Sum(row => row.Found));
    }

    [Fact]
    public void Pictures_Classes_AreThoseAlone()
    {
        var dataset = Select(new RowSelection { Classes = ["door", "wheel"] });
        Assert.Equal(["door", "wheel"], DatasetFolder.PartsOf(dataset).Select(part => part.Attributes["part"]).Distinct().Order(StringComparer.Ordinal));
        // In the dataset's order.
        Assert.Equal(["wheel", "door"], dataset.Attributes[0].Values);
        Assert.All(dataset.Taken, row => Assert.Equal(row.Class is "door" or "wheel" ? (0, row.Found) : (row.Found, 0), (row.OtherClass, row.Taken)));
    }

    [Fact]
    public void Pictures_SmallestRegion_LeavesOutSmallerOnes()
    {
        var smallest = 150;
        var parts = DatasetFolder.PartsOf(Select(new RowSelection { SmallestRegion = smallest }));
        Assert.Equal(DatasetFolder.PartsOf(Scenes).Where(part => part.Mask.Area >= smallest).Select(part => part.Id), parts.Select(part => part.Id));
        Assert.InRange(parts.Length, 1, 239);
    }

    [Fact]
    public void Pictures_Balanced_HaveAsManyOfEveryClassAsTheRarest()
    {
        var dataset = Select(new RowSelection { Balanced = true });
        var rarest = dataset.Taken.Min(row => row.Found);
        Assert.All(dataset.Taken, row => Assert.Equal((rarest, row.Found - rarest), (row.Taken, row.NotDrawn)));
        Assert.All(DatasetFolder.PartsOf(dataset).CountBy(part => part.Attributes["part"]), count => Assert.Equal(rarest, count.Value));
    }

    [Fact]
    public void Pictures_PerClassWithSeeds_AreDrawnAnewBySeedAlone()
    {
        var first = DatasetFolder.PartsOf(Select(new RowSelection { PerClass = 3 })).Select(part => part.Id).ToArray();
        Assert.Equal(45, first.Length);
        Assert.Equal(first, DatasetFolder.PartsOf(Select(new RowSelection { PerClass = 3 })).Select(part => part.Id));
        Assert.NotEqual(first, DatasetFolder.PartsOf(Select(new RowSelection { PerClass = 3, Seed = 1 })).Select(part => part.Id));
    }

    [Fact]
    public void Pictures_FewerThanThereAre_AreTheFirst()
    {
        var dataset = new SelectedDataset(Scenes, new RowSelection(), "part", 5);
        Assert.Equal((5, 30), (dataset.PictureCount, dataset.Taken.Sum(row => row.Found)));
        Assert.Equal(Enumerable.Range(0, 5), dataset.Pictures.Select(picture => picture.Index));
    }

    [Fact]
    public void Taken_RowsWithoutAClass_AreNotTaken()
    {
        var dataset = new SelectedDataset(new Unsaid(), new RowSelection { Balanced = true }, "part", 100);
        Assert.Equal([new TakenRows("a", 1, 0, 0, 0, 1), new TakenRows("", 1, 1, 0, 0, 0)], dataset.Taken);
        Assert.Equal("1", Assert.Single(DatasetFolder.PartsOf(dataset)).Id);
    }

    [Fact]
    public void SelectedDataset_UnknownClass_NamesTheNearest() =>
        Assert.Contains("did you mean \"wheel\"?", Assert.Throws<DatasetException>(() => Select(new RowSelection { Classes = ["weel"] })).Message, StringComparison.Ordinal);

    private static SelectedDataset Select(RowSelection selection) => new(Scenes, selection, "part", 1000);

    private sealed class Unsaid : IPartDataset
    {
        public string Name => "unsaid";

        public string Description => Name;

        public int PictureCount => 1;

        public ImmutableArray<PartAttribute> Attributes => [new("part", ["a"])];

        public IEnumerable<PartPicture> Pictures => [new PartPicture("p", 0, () => throw new InvalidOperationException(), () => [Part("1", "a"), Part("2", "")])];

        private static PicturePart Part(string id, string part) => new(id, RegionMask.Create(new(2, 2), (_, _) => true), [new("part", part)]);
    }
}
