using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Targets;

namespace ProbePipeline.Probes.Tests.Targets;

public sealed class NumericStudyTests
{
    private const int Count = 1200;

    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, Count).Select(row => row / 2)];
    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, Count).Select(row => row * 7 / 4 % 3)];
    private static readonly float[] Noise = SyntheticFeatures.Noise(Count * 8, 1);
    private static readonly FeatureMatrix Features = new(Noise, 8);

    // 3 x the first column less the second, and noise of the same size as the latter.
    private static readonly NumericTarget Linear = new("height", [.. Enumerable.Range(0, Count).Select(row => (3.0 * Noise[row * 8]) - Noise[(row * 8) + 1] + Noise[(row + 7) % Count * 8 + 5] + 10)]);

    [Fact]
    public void Run_LinearTarget_ExplainsAllButTheNoise()
    {
        var result = Run(Linear, Study([RowSplit.ByOrder(Images, 0.6, 0.2)]));

        // 10 of 11 parts of the variance.
        Assert.Equal(10 / 11.0, result.R2, 0.03);
        Assert.InRange(result.R2, result.Low, result.High);
        Assert.InRange(result.High - result.Low, 0.005, 0.1);
        Assert.InRange(result.Spearman!.Value, 0.9, 1);
        // The mean absolute value of a normal number.
        Assert.Equal(Math.Sqrt(2 / Math.PI), result.MeanAbsoluteError, 0.1);
        Assert.Equal(("height", "cut", "projector"), (result.Target, result.Condition, result.Site));
        Assert.Equal(3, result.Sweep.Length);
        Assert.Equal(result.Sweep[Study([]).L2.IndexOf(result.L2)], result.R2);
    }

    [Fact]
    public void Run_TargetThatIsNotThere_ExplainsNothing()
    {
        var target = new NumericTarget("luck", [.. SyntheticFeatures.Noise(Count, 99).Select(value => (double)value)]);

        var result = Run(target, Study([RowSplit.ByOrder(Images, 0.6, 0.2)]));

        Assert.InRange(result.R2, -0.2, 0.1);
    }

    [Fact]
    public void Run_SeveralFolds_TestsEveryRowOnce()
    {
        var folds = RowSplit.Folds(Images, Labels, 3, 0.2, null);

        var result = Run(Linear, Study(folds));

        var alone = folds.Select(fold => Run(Linear, Study([fold]))).ToArray();
        Assert.InRange(result.R2, alone.Min(one => one.R2) - 0.02, alone.Max(one => one.R2) + 0.02);
        Assert.Equal(folds.Zip(alone).Sum(fold => fold.First.Test.Length * fold.Second.MeanAbsoluteError) / Count, result.MeanAbsoluteError, 1e-12);
        Assert.Equal(alone.Average(one => one.ValidationR2), result.ValidationR2, 1e-12);
    }

    [Fact]
    public void Run_MoreColumnsThanRows_IsTheSameRidge()
    {
        // Columns twice over: with twice the penalty the doubled problem has the same predictions.
        var split = RowSplit.ByOrder([.. Enumerable.Range(0, 30)], 0.5, 0.2);
        ImmutableArray<int> images = [.. Enumerable.Range(0, 30)];
        var labels = images.Select(image => image % 2).ToImmutableArray();
        var target = new NumericTarget("height", [.. Linear.Values.Take(30)]);
        var narrow = new FeatureMatrix(Noise[..240], 8);
        var wide = new FeatureMatrix([.. Enumerable.Range(0, 30).SelectMany(row => Enumerable.Range(0, 32).Select(column => Noise[(row * 8) + (column % 8)]))], 32);
        ProbeStudy Study(double l2) => new() { Rows = new LabeledRows(["a", "b"], labels, images, split), L2 = [l2], Bootstrap = new ClusterBootstrap([.. split.Test], 100, 0) };

        var one = new NumericStudy(Study(0.1), target).Run("cut", new ProbeSite("projector", "vision", 0), narrow);
        var other = new NumericStudy(Study(0.4), target).Run("cut", new ProbeSite("projector", "vision", 0), wide);

        Assert.Equal(one.R2, other.R2, 1e-9);
    }

    [Fact]
    public void Run_ConstantFeatures_PredictsTheMean()
    {
        var result = new NumericStudy(Study([RowSplit.ByOrder(Images, 0.6, 0.2)]), Linear).Run("cut", new ProbeSite("projector", "vision", 0), new FeatureMatrix(new float[Count * 2], 2));

        Assert.InRange(result.R2, -0.1, 0);
        Assert.Null(result.Spearman);
    }

    [Fact]
    public void Create_NumberThatIsNotFinite_NamesTargetAndRow() => Assert.Equal(
        "target height: expected finite numbers; found NaN in row 1", Assert.Throws<ProbeException>(() => new NumericTarget("height", [1, double.NaN, 3])).Message);

    [Fact]
    public void Create_SameNumberEverywhere_IsRefused() => Assert.StartsWith(
        "target height: expected numbers that differ; found 2 in all of 3 rows", Assert.Throws<ProbeException>(() => new NumericTarget("height", [2, 2, 2])).Message, StringComparison.Ordinal);

    [Fact]
    public void Run_OtherNumberOfRows_SaysHowMany()
    {
        var error = Assert.Throws<ProbeException>(() => Run(new NumericTarget("height", [1, 2]), Study([RowSplit.ByOrder(Images, 0.6, 0.2)])));

        Assert.Contains("each of 1200 rows; found 1200 and 2", error.Message, StringComparison.Ordinal);
    }

    private static Results.NumericTargetResult Run(NumericTarget target, ProbeStudy study) => new NumericStudy(study, target).Run("cut", new ProbeSite("projector", "vision", 0), Features);

    private static ProbeStudy Study(ImmutableArray<RowSplit> folds)
    {
        var rows = new LabeledRows(["a", "b", "c"], Labels, Images, folds.IsEmpty ? [RowSplit.ByOrder(Images, 0.6, 0.2)] : folds);
        return new ProbeStudy { Rows = rows, L2 = [1e-3, 1e-1, 10], Bootstrap = new ClusterBootstrap([.. rows.Test.Select(row => Images[row])], 500, 0) };
    }
}
