using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Training;

public sealed class PenaltySweepTests
{
    /// <summary>60 pictures, one row each: 36 train, 12 validate, 12 test.</summary>
    private static readonly RowSplit Split = RowSplit.ByOrder([.. Enumerable.Range(0, 60)], 0.6, 0.2);

    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, 60).Select(row => row % 3)];

    [Fact]
    public void Run_PenaltiesWithEqualValidationAccuracy_ChoosesTheLargest()
    {
        var (best, sweep) = Run(SyntheticFeatures.Separable(Labels, 4, 1), Labels, [1e-2, 1e-4, 1e-1, 1e-3]);

        Assert.All(sweep, point => Assert.Equal(1, point.ValidationAccuracy));
        Assert.Equal([1e-4, 1e-3, 1e-2, 1e-1], sweep.Select(point => point.L2));
        Assert.Equal(1e-1, best.L2);
    }

    [Fact]
    public void Run_SmallerPenaltyIsBetter_ChoosesIt()
    {
        // Under a penalty of 1000 the weights vanish and what is left is the most frequent class.
        ImmutableArray<int> labels = [.. Enumerable.Range(0, 60).Select(row => row % 4 == 0 ? 1 : 0)];

        var (best, sweep) = Run(SyntheticFeatures.Separable(labels, 4, 1), labels, [1e-3, 1000]);

        Assert.Equal([1, 0.75], sweep.Select(point => point.ValidationAccuracy));
        Assert.Equal((1e-3, 1.0), (best.L2, best.ValidationAccuracy));
    }

    [Fact]
    public void Run_SinglePenalty_IsTheChoice()
    {
        var (best, sweep) = Run(SyntheticFeatures.Separable(Labels, 4, 1), Labels, [0.03]);

        Assert.Equal(0.03, best.L2);
        Assert.Equal(0.03, Assert.Single(sweep).L2);
    }

    [Fact]
    public void Run_TestLabelsPermuted_ChoosesTheSame()
    {
        var features = SyntheticFeatures.Separable(Labels, 12, 2, distance: 1.5f);
        ImmutableArray<int> permuted = [.. Labels.Select((label, row) => Split.Roles[row] == SplitRole.Test ? (label + 1) % 3 : label)];

        var (best, sweep) = Run(features, Labels, [1e-4, 1e-3, 1e-2, 1e-1, 1]);
        var (other, otherSweep) = Run(features, permuted, [1e-4, 1e-3, 1e-2, 1e-1, 1]);

        Assert.NotEqual(best.TestAccuracy, other.TestAccuracy);
        Assert.Equal((best.L2, best.ValidationAccuracy), (other.L2, other.ValidationAccuracy));
        Assert.Equal(sweep.Select(point => point.ValidationAccuracy), otherSweep.Select(point => point.ValidationAccuracy));
        Assert.Equal(best.TestPredictions, other.TestPredictions);
    }

    [Fact]
    public void Run_TestAndValidationFeaturesReplaced_LeavesTheFitsAsTheyWere()
    {
        var features = SyntheticFeatures.Separable(Labels, 12, 2, distance: 1.5f);
        var (best, sweep) = Run(features, Labels, [1e-3, 1e-1]);

        // Other test rows: what the validation rows get stays. Other validation rows: what the test rows get under a penalty stays.
        var (_, otherTest) = Run(Replaced(features, SplitRole.Test), Labels, [1e-3, 1e-1]);
        var (otherValidation, _) = Run(Replaced(features, SplitRole.Validation), Labels, [best.L2]);

        Assert.Equal(sweep.Select(point => point.ValidationAccuracy), otherTest.Select(point => point.ValidationAccuracy));
        Assert.Equal(best.TestProbabilities.SelectMany(row => row), otherValidation.TestProbabilities.SelectMany(row => row));
    }

    [Fact]
    public void Run_ClassAbsentFromValidation_ChoosesOnTheOthers()
    {
        ImmutableArray<int> labels = [.. Labels.Select((label, row) => Split.Roles[row] == SplitRole.Validation && label == 2 ? 0 : label)];

        var (best, _) = Run(SyntheticFeatures.Separable(labels, 4, 1), labels, [1e-3, 1e-2]);

        Assert.Equal((1e-2, 1.0, 1.0), (best.L2, best.ValidationAccuracy, best.TestAccuracy));
        Assert.Equal(Split.Test.Select(row => labels[row]), best.TestPredictions);
        Assert.Contains(2, best.TestPredictions);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_HugeTinyAndConstantColumns_LearnsAsFromOrdinaryOnes(int classCount)
    {
        ImmutableArray<int> labels = [.. Enumerable.Range(0, 60).Select(row => row % classCount)];
        var ordinary = SyntheticFeatures.Separable(labels, 5, 1);
        // Powers of two change no digit, so that standardised columns are the same to the bit.
        double[] scales = [Math.Pow(2, 120), Math.Pow(2, -100), 1, 1, 0];
        var scaled = Changed(ordinary, (_, column, value) => (float)(value * scales[column]));
        var plain = Changed(ordinary, (_, column, value) => column == 4 ? 0 : value);

        var (best, _) = Run(scaled, labels, [1e-3, 1e-2]);
        var (reference, _) = Run(plain, labels, [1e-3, 1e-2]);

        Assert.Equal(1, best.TestAccuracy);
        Assert.Equal(reference.TestProbabilities.SelectMany(row => row), best.TestProbabilities.SelectMany(row => row));
    }

    [Fact]
    public void Run_ColumnConstantInTrainingAlone_IsNotRead()
    {
        var ordinary = SyntheticFeatures.Separable(Labels, 5, 1);
        var constant = Changed(ordinary, (_, column, value) => column == 4 ? -3e38f : value);
        var varying = Changed(constant, (row, column, value) => column == 4 && Split.Roles[row] != SplitRole.Train ? 3e38f : value);

        var (best, _) = Run(varying, Labels, [1e-2]);
        var (reference, _) = Run(constant, Labels, [1e-2]);

        Assert.Equal(1, best.TestAccuracy);
        Assert.Equal(reference.TestProbabilities.SelectMany(row => row), best.TestProbabilities.SelectMany(row => row));
    }

    [Fact]
    public void Run_CancelledBeforehand_FitsNothing()
    {
        var data = new StandardizedSplit(SyntheticFeatures.Separable(Labels, 4, 1), Split);
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => PenaltySweep.Run([data], [Labels], 3, [1e-3], new LbfgsTrainer(), source.Token));
    }

    [Fact]
    public void Run_CancelledOnTheWay_StopsBetweenFits()
    {
        // So many fits take far longer than it takes to cancel them.
        var data = new StandardizedSplit(SyntheticFeatures.Separable(Labels, 60, 1), Split);
        ImmutableArray<double> penalties = [.. Enumerable.Range(1, 5000).Select(place => place * 1e-4)];
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var error = Assert.Throws<OperationCanceledException>(() => PenaltySweep.Run([data], [Labels], 3, penalties, new LbfgsTrainer(), source.Token));

        Assert.Equal(source.Token, error.CancellationToken);
    }

    private static (FittedProbe Best, ImmutableArray<SweepPoint> Sweep) Run(FeatureMatrix features, ImmutableArray<int> labels, ImmutableArray<double> penalties)
    {
        var (best, _, sweep) = PenaltySweep.Run([new StandardizedSplit(features, Split)], [labels], labels.Max() + 1, penalties, new LbfgsTrainer(), TestContext.Current.CancellationToken)[0][0];
        return (best, sweep);
    }

    private static FeatureMatrix Replaced(FeatureMatrix features, SplitRole role) =>
        Changed(features, (row, column, value) => Split.Roles[row] == role ? 1000 - (column * value) : value);

    private static FeatureMatrix Changed(FeatureMatrix features, Func<int, int, float, float> change)
    {
        var values = Enumerable.Range(0, features.Rows).SelectMany(row => features[row].ToArray().Select((value, column) => change(row, column, value)));
        return new FeatureMatrix([.. values], features.Width);
    }
}
