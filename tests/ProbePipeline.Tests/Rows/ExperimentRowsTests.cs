using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Tests.Rows;

public sealed class ExperimentRowsTests : IDisposable
{
    private readonly ProbedModel _model = SampleModel.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Of_PartScenes_AsksAboutEveryPart()
    {
        var rows = SampleModel.Rows(_model, new PartScenes(11, 3), TestContext.Current.CancellationToken);
        Assert.Equal(18, rows.Rows.Length);
        Assert.Empty(rows.Dropped);
        Assert.Equal($"USER: <image>\nWhat is the {rows.Rows[7].Part.Attributes["color"]} part? ASSISTANT:", rows.Rows[7].Prompt);
        Assert.Equal([0, 1, 2], rows.Rows.Select(row => row.Image).Distinct());
        Assert.InRange(rows.Regions.MeanTokens, 1, 6);
    }

    [Fact]
    public void Of_UnusableRows_AreListedWithTheReasonAndTheOthersKept()
    {
        var rows = SampleModel.Rows(_model, new Broken(), TestContext.Current.CancellationToken);
        Assert.Equal(5, rows.Rows.Length);
        Assert.Equal(["scene-0/empty", .. Enumerable.Range(0, 6).Select(part => $"scene-1/{part}")], rows.Dropped.Select(row => row.Id));
        Assert.Equal("A mask of 112 x 112 pixels covers none of them. Leave the region out, or correct its mask.", rows.Dropped[0].Reason);
        Assert.Equal("scene-1.png: no picture", rows.Dropped[1].Reason);
    }

    [Fact]
    public void RequireFewDropped_MoreThanAllowed_NamesTheFirstReasons()
    {
        var rows = SampleModel.Rows(_model, new Broken(), TestContext.Current.CancellationToken);
        var message = Assert.Throws<ExperimentException>(() => rows.RequireFewDropped(0.5, [])).Message;
        Assert.StartsWith("7 of 12 rows cannot be used, expected a share of 0.5 at most; mend them, or allow more with maximumDropped:\n  scene-0/empty: A mask", message, StringComparison.Ordinal);
        Assert.EndsWith("  scene-1/1: scene-1.png: no picture\n  and 4 more", message, StringComparison.Ordinal);
        rows.RequireFewDropped(0.6, []);
        Assert.Throws<ExperimentException>(() => (rows with { Rows = [] }).RequireFewDropped(1, []));
    }

    /// <summary>A million pictures take a while, and nothing is lost by stopping.</summary>
    [Fact]
    public void Of_Stopped_ReadsNoMorePictures()
    {
        using var source = new CancellationTokenSource();
        var read = 0;
        var dataset = new Watched(new PartScenes(11, 60), () =>
        {
            if (Interlocked.Increment(ref read) == 3)
            {
                source.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => SampleModel.Rows(_model, dataset, source.Token));
        Assert.InRange(read, 3, 3 + (2 * Environment.ProcessorCount));
    }

    [Fact]
    public void Of_OtherPixels_HasAnotherHash()
    {
        var hashes = new[] { new PartScenes(11, 2), new PartScenes(11, 2), new PartScenes(12, 2) }.Select(dataset => SampleModel.Rows(_model, dataset, TestContext.Current.CancellationToken).Hash).ToArray();
        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
        Assert.Matches("^[0-9a-f]{64}$", hashes[0]);
    }

    /// <summary>One part without a pixel, and a picture that cannot be read.</summary>
    /// <summary>Says when a picture is read.</summary>
    private sealed class Watched(IPartDataset all, Action reads) : IPartDataset
    {
        public string Name => all.Name;

        public string Description => all.Description;

        public int PictureCount => all.PictureCount;

        public ImmutableArray<PartAttribute> Attributes => all.Attributes;

        public IEnumerable<PartPicture> Pictures => all.Pictures.Select(picture => new PartPicture(
            picture.Id,
            picture.Index,
            () =>
            {
                reads();
                return picture.Load();
            },
            () => picture.Parts));
    }

    private sealed class Broken : IPartDataset
    {
        private readonly PartScenes _scenes = new(11, 2);

        public string Name => "broken";

        public string Description => "broken";

        public int PictureCount => 2;

        public ImmutableArray<PartAttribute> Attributes => _scenes.Attributes;

        public IEnumerable<PartPicture> Pictures
        {
            get
            {
                var pictures = _scenes.Pictures.ToArray();
                yield return new PartPicture("scene-0", 0, pictures[0].Load, () =>
                [
                    new PicturePart("scene-0/empty", RegionMask.Create(new PictureSize(112, 112), (_, _) => false), pictures[0].Parts[0].Attributes),
                    .. pictures[0].Parts.Skip(1),
                ]);
                yield return new PartPicture("scene-1", 1, () => throw new PictureException("scene-1.png: no picture"), () =>
                    [.. pictures[1].Parts.Select((part, index) => new PicturePart($"scene-1/{index}", part.Mask, part.Attributes))]);
            }
        }
    }
}
