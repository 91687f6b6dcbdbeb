using System.Collections.Immutable;
using ProbePipeline.Probes.Directions;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Directions;

public sealed class NullspaceProjectionTests
{
    private const int Count = 300;
    private const int Width = 6;

    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, Count).Select(row => row * 7 / 4 % 3)];
    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, Count)];

    private static readonly ProbeStudy Study = new()
    {
        Rows = new LabeledRows(["a", "b", "c"], Labels, Images, RowSplit.ByOrder(Images, 0.6, 0.2)),
        L2 = [1e-3, 1e-1],
        Bootstrap = new ClusterBootstrap([.. RowSplit.ByOrder(Images, 0.6, 0.2).Test], 200, 0),
    };

    [Fact]
    public void Run_ReadableTwice_TakesDirectionsUntilNothingIsRead()
    {
        var found = new NullspaceProjection(Study, 6).Run(Features, TestContext.Current.CancellationToken);

        Assert.InRange(found.Steps.Length, 2, 4);
        Assert.Equal(Enumerable.Range(0, found.Steps.Length).Select(step => Math.Min(2 * step, Width)), found.Steps.Select(step => step.Removed));
        Assert.InRange(found.Steps[0].TestAccuracy, 0.9, 1);
        Assert.InRange(found.Steps[^1].ValidationAccuracy, 0, 0.45);
        Assert.All(found.Steps, step => Assert.InRange(step.TestAccuracy, step.Low, step.High));
        Assert.Equal([0, 0, 1, 1], found.FoundIn.Take(4));
    }

    [Fact]
    public void Run_AnyFeatures_GivesDirectionsAtRightAngles()
    {
        var found = new NullspaceProjection(Study, 2).Run(Features, TestContext.Current.CancellationToken);

        Assert.Equal(found.FoundIn.Length * Width, found.Directions.Length);
        for (var one = 0; one < found.FoundIn.Length; one++)
        {
            for (var other = 0; other < found.FoundIn.Length; other++)
            {
                var product = Enumerable.Range(0, Width).Sum(column => (double)found.Directions[(one * Width) + column] * found.Directions[(other * Width) + column]);
                Assert.Equal(one == other ? 1 : 0, product, 1e-6);
            }
        }
    }

    [Fact]
    public void Eraser_Directions_AreGoneInStandardisedUnits()
    {
        var found = new NullspaceProjection(Study, 1).Run(Features, TestContext.Current.CancellationToken);

        var erased = found.Standardization.Apply(found.Eraser.Apply(Features), [5, 17]);
        var before = found.Standardization.Apply(Features, [5, 17]);

        foreach (var row in (int[])[0, 1])
        {
            var gone = Enumerable.Range(0, 2).Select(direction => Dot(found, direction, before, row)).ToArray();
            Assert.Equal(0, Dot(found, 0, erased, row), 1e-5);
            Assert.Equal(0, Dot(found, 1, erased, row), 1e-5);
            for (var column = 0; column < Width; column++)
            {
                var expected = before[(row * Width) + column] - (gone[0] * found.Directions[column]) - (gone[1] * found.Directions[Width + column]);
                Assert.Equal(expected, erased[(row * Width) + column], 1e-4);
            }
        }
    }

    [Fact]
    public void Run_NothingToRead_TakesNothing()
    {
        var found = new NullspaceProjection(Study, 3).Run(new FeatureMatrix(new float[Count * Width], Width), TestContext.Current.CancellationToken);

        Assert.Single(found.Steps);
        Assert.Empty(found.Directions);
    }

    [Fact]
    public void Run_OtherNumberOfRows_SaysHowMany()
    {
        var error = Assert.Throws<ProbeException>(() => new NullspaceProjection(Study, 3).Run(new FeatureMatrix([1, 2], 2), TestContext.Current.CancellationToken));

        Assert.Contains("300 rows; found 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SeveralFolds_AsksForOne()
    {
        var rows = new LabeledRows(Study.Rows.Classes, Labels, Images, RowSplit.Folds(Images, Labels, 3, 0.2, null));
        var study = Study with { Rows = rows, Bootstrap = Study.Bootstrap.Over(Images) };

        var error = Assert.Throws<ProbeException>(() => new NullspaceProjection(study, 1).Run(Features, TestContext.Current.CancellationToken));
        var found = new NullspaceProjection(study.FirstFold, 1).Run(Features, TestContext.Current.CancellationToken);

        Assert.Contains("found 3 folds", error.Message, StringComparison.Ordinal);
        Assert.Equal(rows.Split.Test, study.FirstFold.Rows.Test);
        Assert.InRange(found.Steps[0].TestAccuracy, 0.9, 1);
    }

    // Two columns a class, so that a second probe still finds it when the first one's directions are gone; columns of unlike size.
    private static FeatureMatrix Features
    {
        get
        {
            var values = SyntheticFeatures.Noise(Count * Width, 4);
            foreach (var (row, label) in Labels.Index())
            {
                values[(row * Width) + label] += 6;
                values[(row * Width) + 3 + label] += 3;
                values[row * Width] *= 1000;
            }

            return new FeatureMatrix(values, Width);
        }
    }

    private static double Dot(NullspaceDirections found, int direction, float[] rows, int row) =>
        Enumerable.Range(0, Width).Sum(column => (double)found.Directions[(direction * Width) + column] * rows[(row * Width) + column]);
}
