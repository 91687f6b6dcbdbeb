using System.Collections.Immutable;
using ProbePipeline.Probes.Tests;
using ProbePipeline.Probes.Training;
using ProbePipeline.Probes.Training.Batched;
using TorchSharp;

namespace ProbePipeline.Probes.Torch.Tests.Training.Batched;

public sealed class BatchedTrainerTests
{
    private static readonly ImmutableArray<double> Penalties = [1e-6, 1e-4, 1e-2, 1];

    // Rows x columns: fewer and more columns than rows; a constant column, a tiny one and a huge one; classes that no row has; classes that a plane parts.
    [Theory]
    [InlineData("noise", 200, 20, 2)]
    [InlineData("noise", 200, 20, 5)]
    [InlineData("noise", 60, 300, 4)]
    [InlineData("unlike", 200, 20, 3)]
    [InlineData("absent", 200, 20, 5)]
    [InlineData("separable", 200, 20, 3)]
    [InlineData("separable", 200, 20, 2)]
    // Nearly everything is nothing, and what is not lies far out, as in masked pixels: slow without Newton steps.
    [InlineData("rare", 900, 60, 6)]
    // So many numbers that single precision does most of it, but not where columns are unlike.
    [InlineData("noise", 2700, 100, 4)]
    [InlineData("unlike", 2700, 100, 4)]
    public void Fit_HardProblem_ReachesTheOptimumOfTheOtherTrainer(string kind, int rows, int width, int classCount)
    {
        var (features, labels) = Problem(kind, rows, width, classCount);
        var set = new TrainingSet(features, rows, [.. Penalties.Select(l2 => new ProbeProblem(labels, classCount, l2))]);

        var fitted = new BatchedTrainer().Fit([set], TestContext.Current.CancellationToken)[0];
        var others = new LbfgsTrainer().Fit([set], TestContext.Current.CancellationToken)[0];

        foreach (var (l2, one, other) in Penalties.Zip(fitted, others))
        {
            Assert.Equal(other.Weights.Length, one.Weights.Length);
            var difference = ProbeObjective.Of(one, features, [.. labels], l2) - ProbeObjective.Of(other, features, [.. labels], l2);
            // The other one may be a little above the minimum itself, so only what is above it counts.
            Assert.True(difference < 1e-7, $"{kind}, l2 {l2}: {difference} above the other trainer's objective");
        }
    }

    [Theory]
    [InlineData(200, 20)]
    [InlineData(2700, 100)]
    public void Fit_LooserTolerance_EndsSoonerAndWithinIt(int rows, int width)
    {
        const double Loose = 1e-4;
        var (features, labels) = Problem("noise", rows, width, 4);
        var set = new TrainingSet(features, rows, [.. Penalties.Select(l2 => new ProbeProblem(labels, 4, l2))]);

        var loose = new BatchedTrainer { GapTolerance = Loose }.Fit([set], TestContext.Current.CancellationToken)[0];
        var tight = new BatchedTrainer().Fit([set], TestContext.Current.CancellationToken)[0];

        double[] gaps = [.. Penalties.Zip(loose, tight).Select(fit =>
            ProbeObjective.Of(fit.Second, features, [.. labels], fit.First) - ProbeObjective.Of(fit.Third, features, [.. labels], fit.First))];
        Assert.All(gaps, gap => Assert.InRange(gap, -1e-7, Loose));
        // Somewhere it has stopped before it was as near as by default.
        Assert.Contains(gaps, gap => gap > 2e-8);
    }

    [Fact]
    public void Fit_ManyTasksAtOnce_GivesEachWhatItHasAlone()
    {
        var (features, labels) = Problem("noise", 150, 12, 4);
        ImmutableArray<int> two = [.. labels.Select(label => label % 2)];
        ImmutableArray<ProbeProblem> problems = [new(labels, 4, 1e-2), new(two, 2, 1e-3), new(labels, 4, 1e-4), new(two, 2, 1)];

        var together = Fit(features, 150, problems);

        foreach (var (problem, weights) in problems.Zip(together))
        {
            var alone = Fit(features, 150, [problem])[0];
            Assert.Equal(ProbeObjective.Of(alone, features, [.. problem.Labels], problem.L2), ProbeObjective.Of(weights, features, [.. problem.Labels], problem.L2), 2e-8);
        }
    }

    [Fact]
    public void Fit_SeveralSets_AreFittedEachOnItsRows()
    {
        var (features, labels) = Problem("noise", 120, 10, 3);
        var sets = new[] { 120, 60 }.Select(rows => new TrainingSet(features.AsMemory(0, rows * 10), rows, [new ProbeProblem(labels[..rows], 3, 1e-2)])).ToImmutableArray();

        var together = new BatchedTrainer().Fit(sets, TestContext.Current.CancellationToken);

        Assert.Equal(Numbers(Fit(features, 120, sets[0].Problems)), Numbers(together[0]));
        Assert.Equal(Numbers(Fit(features[..600], 60, sets[1].Problems)), Numbers(together[1]));
    }

    [Theory]
    [InlineData(300, 40)]
    [InlineData(40, 300)]
    [InlineData(6000, 64)]
    public void Fit_AnyNumberOfThreads_GivesTheSameBits(int rows, int width)
    {
        var (features, labels) = Problem("noise", rows, width, 3);
        var set = new TrainingSet(features, rows, [.. Penalties[1..].Select(l2 => new ProbeProblem(labels, 3, l2))]);
        var before = torch.get_num_threads();

        var fits = new[] { 1, 2, 3 }.Select(threads => Numbers(new BatchedTrainer { Threads = threads }.Fit([set], TestContext.Current.CancellationToken)[0])).ToArray();

        Assert.Equal(fits[0], fits[1]);
        Assert.Equal(fits[0], fits[2]);
        Assert.Equal(before, torch.get_num_threads());
    }

    [Fact]
    public void Fit_OneClassInTraining_NamesItAlways()
    {
        var weights = Fit(SyntheticFeatures.Noise(40, 1), 10, [new ProbeProblem([.. Enumerable.Repeat(2, 10)], 4, 1e-2)])[0];

        Assert.Equal([0, 0, 1, 0], weights.Probabilities(SyntheticFeatures.Noise(4, 2), 1)[0]);
    }

    [Fact]
    public void Fit_FeatureThatIsNotFinite_IsRefusedByRow()
    {
        var features = SyntheticFeatures.Noise(40, 1);
        features[13] = float.NaN;

        var error = Assert.Throws<ProbeException>(() => Fit(features, 10, [new ProbeProblem([.. Enumerable.Range(0, 10).Select(row => row % 2)], 2, 1e-2)]));

        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("row 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        var (features, labels) = Problem("noise", 60, 10, 3);

        Assert.ThrowsAny<OperationCanceledException>(() => new BatchedTrainer().Fit([new TrainingSet(features, 60, [new ProbeProblem(labels, 3, 1e-4)])], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Fit_TooLittleMemoryForTwo_FitsOneAfterTheOther()
    {
        var (features, labels) = Problem("noise", 60, 10, 3);
        ImmutableArray<TrainingSet> sets = [.. Enumerable.Range(0, 4).Select(_ => new TrainingSet(features, 60, [new ProbeProblem(labels, 3, 1e-2)]))];

        var fitted = new BatchedTrainer { MemoryBudget = 1, Threads = 4 }.Fit(sets, TestContext.Current.CancellationToken);

        Assert.All(fitted, weights => Assert.Equal(Numbers(fitted[0]), Numbers(weights)));
    }

    [Fact]
    public void Fit_Again_LeavesNoTensorBehind()
    {
        var (features, labels) = Problem("noise", 100, 10, 3);
        var set = new TrainingSet(features, 100, [.. Penalties.Select(l2 => new ProbeProblem(labels, 3, l2))]);
        using var watched = torch.NewDisposeScope();
        new BatchedTrainer().Fit([set], TestContext.Current.CancellationToken);

        Assert.Equal(0, watched.DisposablesCount);
    }

    private static ImmutableArray<LinearWeights> Fit(float[] features, int rows, ImmutableArray<ProbeProblem> problems) =>
        new BatchedTrainer().Fit([new TrainingSet(features, rows, problems)], TestContext.Current.CancellationToken)[0];

    private static float[] Numbers(ImmutableArray<LinearWeights> fitted) => [.. fitted.SelectMany(weights => weights.Weights.SelectMany(vector => vector).Concat(weights.Biases))];

    private static (float[] Features, ImmutableArray<int> Labels) Problem(string kind, int rows, int width, int classCount)
    {
        var features = SyntheticFeatures.Noise(rows * width, 3);
        ImmutableArray<int> labels = [.. Enumerable.Range(0, rows).Select(row => row * 7 / 4 % classCount)];
        for (var row = 0; row < rows; row++)
        {
            var vector = features.AsSpan(row * width, width);
            vector[labels[row]] += kind == "separable" ? 8 : 1;
            for (var column = 0; kind == "rare" && column < width; column++)
            {
                vector[column] = (row + (column / 10)) % 30 == 0 ? 5 + vector[column / 10 * 10] + (0.1f * vector[column]) : 0;
            }

            if (kind == "unlike")
            {
                (vector[5], vector[6], vector[7]) = (0, vector[6] * 1e-6f, vector[7] * 1e4f);
            }
        }

        // The last two classes are in no row.
        return (features, kind == "absent" ? [.. labels.Select(label => label % (classCount - 2))] : labels);
    }
}
