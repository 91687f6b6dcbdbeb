using System.Collections.Immutable;
using ProbePipeline.Probes.Conditions;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Conditions;

public sealed class ProbeTransferTests
{
    private const int Count = 240;

    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, Count).Select(row => row / 2)];
    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, Count).Select(row => row * 7 / 4 % 3)];
    private static readonly RowSplit Split = RowSplit.ByOrder(Images, 0.6, 0.2);
    private static readonly LabeledRows Rows = new(["a", "b", "c"], Labels, Images, Split);
    private static readonly ClusterBootstrap Bootstrap = new([.. Split.Test.Select(row => Images[row])], 300, 0);
    private static readonly ProbeTransfer Transfer = new(Rows, Bootstrap);

    [Fact]
    public void Run_SameCondition_IsTheOwnAccuracy()
    {
        var features = Features(0);
        var outcome = Probe(features);

        var transfer = Transfer.Run(("intact", outcome), ("intact", outcome), features);

        Assert.Equal((outcome.Result.TestAccuracy, outcome.Result.Low, outcome.Result.High), (transfer.Accuracy, transfer.Low, transfer.High));
        Assert.Equal((0.0, 0.0, 0.0), (transfer.Difference, transfer.DifferenceLow, transfer.DifferenceHigh));
    }

    [Fact]
    public void Run_SameCode_ReadsTheOtherConditionAsWell()
    {
        var other = Features(0, seed: 2);

        var transfer = Transfer.Run(("intact", Probe(Features(0))), ("cut", Probe(other)), other);

        Assert.Equal(("intact", "cut", "vision.resid_post.0"), (transfer.Trained, transfer.Tested, transfer.Site));
        Assert.InRange(transfer.Accuracy, 0.9, 1);
        Assert.InRange(0, transfer.DifferenceLow, transfer.DifferenceHigh);
    }

    [Fact]
    public void Run_OtherCode_LosesWhatTheOwnProbeReads()
    {
        // The classes have swapped their columns: still readable, though less well, in another code.
        var other = Features(1, seed: 2, distance: 2);
        var own = Probe(other);

        var transfer = Transfer.Run(("intact", Probe(Features(0))), ("cut", own), other);

        Assert.InRange(own.Result.TestAccuracy, 0.6, 0.95);
        Assert.InRange(transfer.Accuracy, 0, 0.2);
        Assert.Equal(transfer.Accuracy - own.Result.TestAccuracy, transfer.Difference, 1e-12);
        Assert.InRange(transfer.DifferenceHigh, -1, -0.4);
    }

    [Fact]
    public void Run_SeveralFolds_TestsEveryRowByTheProbeThatHasNotSeenIt()
    {
        var folds = RowSplit.Folds(Images, Labels, 3, 0.2, null);
        var rows = new LabeledRows(Rows.Classes, Labels, Images, folds);
        var bootstrap = Bootstrap.Over(Images);
        var features = Features(0, distance: 1);
        var outcome = new ProbeStudy { Rows = rows, L2 = [1e-2], Bootstrap = bootstrap }.Run(new ProbeSite("projector", "vision", 0), features, TestContext.Current.CancellationToken);
        var other = Features(0, seed: 2, distance: 1);

        var same = new ProbeTransfer(rows, bootstrap).Run(("intact", outcome), ("intact", outcome), features);
        var transfer = new ProbeTransfer(rows, bootstrap).Run(("intact", outcome), ("cut", outcome), other);

        Assert.Equal((outcome.Result.TestAccuracy, outcome.Result.Low, outcome.Result.High), (same.Accuracy, same.Low, same.High));
        var hits = folds.Select((fold, place) => fold.Test.Zip(outcome.Probes[place].Predict(other, fold.Test)).Count(row => Labels[row.First] == row.Second)).Sum();
        Assert.Equal((double)hits / Count, transfer.Accuracy, 1e-12);
    }

    [Fact]
    public void Run_ProbesOfTwoSites_SaysWhich()
    {
        var features = Features(0);

        var error = Assert.Throws<ProbeException>(() => Transfer.Run(("intact", Probe(features)), ("cut", Probe(features, "projector")), features));

        Assert.Contains("from intact to cut", error.Message, StringComparison.Ordinal);
        Assert.Contains("vision.resid_post.0 and projector", error.Message, StringComparison.Ordinal);
    }

    // Class c is raised in column c, or as many columns further.
    private static FeatureMatrix Features(int shift, long seed = 1, float distance = 5) => SyntheticFeatures.Separable([.. Labels.Select(label => (label + shift) % 3)], 5, seed, distance);

    private static ProbeOutcome Probe(FeatureMatrix features, string site = "vision.resid_post.0") =>
        new ProbeStudy { Rows = Rows, L2 = [1e-2], Bootstrap = Bootstrap }.Run(new ProbeSite(site, "vision", 0), features, TestContext.Current.CancellationToken);
}
