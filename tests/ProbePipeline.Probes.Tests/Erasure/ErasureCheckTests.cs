using System.Collections.Immutable;
using ProbePipeline.Probes.Erasure;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Erasure;

public sealed class ErasureCheckTests
{
    private const int Count = 600;

    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, Count).Select(row => row / 2)];
    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, Count).Select(row => row * 7 / 4 % 3)];
    private static readonly ImmutableArray<int> OtherLabels = [.. Enumerable.Range(0, Count).Select(row => row % 2)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_ReadableTarget_LeavesANewProbeWithTheMajority(long seed)
    {
        var result = Run(Features(seed));

        Assert.Equal("cut", result.Condition);
        Assert.Equal("vision.resid_post.0", result.Site);
        Assert.Equal(2, result.Rank);
        Assert.InRange(result.Before, 0.9, 1);
        Assert.Equal(result.Majority, result.After);
        Assert.InRange(result.Majority, result.Low, result.High);
        Assert.InRange(result.SameProbe, 0.2, 0.5);
    }

    [Fact]
    public void Run_OtherField_StaysReadable()
    {
        var other = Run(Features(1)).Other;

        Assert.NotNull(other);
        Assert.Equal("shape", other.Field);
        Assert.InRange(other.Before, 0.9, 1);
        Assert.InRange(other.After, other.Before - 0.03, 1);
        Assert.InRange(other.After - other.Before, other.Low, other.High);
        Assert.Equal(0.5, other.Majority, 0.05);
    }

    [Fact]
    public void Run_FewerColumnsThanDirections_ReadsNoRoundingThatIsLeft()
    {
        // All of a column is erased; what rounding leaves of it follows the states, a hundred-millionth of them, and standardised anew it could be read.
        var values = Labels.SelectMany((label, row) => new[] { (label == 1 ? 3f : label == 2 ? -3 : 0) + ((row % 5 - 2) * 0.01f), (label == 0 ? 5f : -2.5f) + ((row % 3 - 1) * 0.01f) });

        var result = Run(new FeatureMatrix([.. values], 2));

        Assert.Equal(2, result.Rank);
        Assert.Equal(1, result.Before);
        Assert.Equal(result.Majority, result.After);
    }

    [Fact]
    public void Run_SeveralFolds_ErasesInEachWhatItsTrainingRowsTell()
    {
        var folds = RowSplit.Folds(Images, Labels, 3, 0.2, null);
        var alone = folds.Select(fold => Run(Features(1), fold)).ToArray();

        var result = Run(Features(1), [.. folds]);

        Assert.Equal(folds.Zip(alone).Sum(fold => fold.First.Test.Length * fold.Second.SameProbe) / Count, result.SameProbe, 1e-12);
        Assert.Equal(folds.Zip(alone).Sum(fold => fold.First.Test.Length * fold.Second.After) / Count, result.After, 1e-12);
        Assert.Equal(folds.Zip(alone).Sum(fold => fold.First.Test.Length * fold.Second.Other!.After) / Count, result.Other!.After, 1e-12);
        Assert.Equal(result.Majority, result.After);
        Assert.InRange(result.Majority, result.Low, result.High);
    }

    private static FeatureMatrix Features(long seed)
    {
        const int width = 8;
        var values = SyntheticFeatures.Noise(Count * width, seed);
        for (var row = 0; row < Count; row++)
        {
            values[(row * width) + Labels[row]] += 5;
            values[(row * width) + 3] += Labels[row] == 0 ? 2 : 0;
            values[(row * width) + 4] += 5 * OtherLabels[row];
        }

        return new FeatureMatrix(values, width);
    }

    private static ErasureResult Run(FeatureMatrix features, params ImmutableArray<RowSplit> folds)
    {
        folds = folds.IsEmpty ? [RowSplit.ByOrder(Images, 0.6, 0.2)] : folds;
        var rows = new LabeledRows(["a", "b", "c"], Labels, Images, folds);
        var study = new ProbeStudy
        {
            Rows = rows,
            L2 = [1e-4, 1e-2],
            Bootstrap = new ClusterBootstrap([.. rows.Test.Select(row => Images[row])], 500, 0),
        };
        var before = study.Run(new ProbeSite("vision.resid_post.0", "vision", 0), features, TestContext.Current.CancellationToken);
        var check = new ErasureCheck { Study = study, Other = ("shape", new LabeledRows(["round", "square"], OtherLabels, Images, folds)) };
        return check.Run("cut", before, features, TestContext.Current.CancellationToken);
    }
}
