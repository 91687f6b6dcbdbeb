using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Targets;

namespace ProbePipeline.Probes.Tests.Targets;

public sealed class LabelSetStudyTests
{
    private const int Count = 240;

    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, Count)];
    private static readonly LabeledRows Rows = new(["a", "b"], [.. Images.Select(image => image % 2)], Images, RowSplit.ByOrder(Images, 0.6, 0.2));

    // Every second row, every third, none, all.
    private static readonly ImmutableArray<ImmutableArray<bool>> Present = [.. Images.Select(row => ImmutableArray.Create(row % 2 == 0, row * 7 / 4 % 3 == 0, false, true))];

    private static readonly LabelSetTarget Target = new("parts", ["wheel", "door", "roof", "sail"], Present, Rows);

    [Fact]
    public void Create_LabelsThatAllOrNoRowsHave_AreLeftOut()
    {
        Assert.Equal(["wheel", "door"], Target.Labels);
        Assert.Equal(["roof", "sail"], Target.LeftOut);
        Assert.Equal(Present[4][..2], Target.Present[4]);
    }

    [Fact]
    public void Run_ReadableLabels_AreFound()
    {
        var result = Run(Features(5));

        Assert.InRange(result.MacroF1, 0.95, 1);
        Assert.InRange(result.MicroF1, 0.95, 1);
        Assert.InRange(result.ExactMatch, 0.9, 1);
        Assert.InRange(result.MacroF1, result.Low, result.High);
        Assert.Equal(["wheel", "door"], result.Labels.Select(label => label.Label));
        Assert.All(result.Labels, label => Assert.InRange(label.AreaUnderRoc, 0.99, 1));
        Assert.Equal(["roof", "sail"], result.LeftOut);
    }

    [Fact]
    public void Run_UnreadableLabels_AreAtTheMajority()
    {
        var result = Run(Features(0));

        Assert.InRange(result.Labels.Average(label => label.BalancedAccuracy), 0.35, 0.65);
        Assert.InRange(result.Labels.Average(label => label.AreaUnderRoc), 0.3, 0.7);
        // Half of the training rows have a wheel, which is no majority.
        Assert.Equal(0, result.MajorityMacroF1);
    }

    [Fact]
    public void Run_OneLabel_IsTheBinaryProbe()
    {
        var features = Features(1);
        var target = new LabelSetTarget("even", ["even"], [.. Images.Select(row => ImmutableArray.Create(row % 2 == 1))], Rows);

        var result = new LabelSetStudy(Study with { L2 = [1e-2] }, target).Run("cut", new ProbeSite("projector", "vision", 0), features, TestContext.Current.CancellationToken);
        var probe = (Study with { L2 = [1e-2] }).Run(new ProbeSite("projector", "vision", 0), features, TestContext.Current.CancellationToken);

        Assert.Equal(probe.Result.TestAccuracy, result.ExactMatch, 1e-12);
        Assert.Equal(probe.Result.BalancedAccuracy!.Value, result.Labels[0].BalancedAccuracy, 1e-12);
        Assert.Equal(probe.Result.AreaUnderRoc!.Value, result.Labels[0].AreaUnderRoc, 1e-12);
    }

    [Fact]
    public void Run_SeveralFolds_TestsEveryRowOnce()
    {
        var folds = RowSplit.Folds(Images, Rows.Labels, 3, 0.2, null);
        var rows = new LabeledRows(Rows.Classes, Rows.Labels, Images, folds);
        var study = Study with { Rows = rows, Bootstrap = Study.Bootstrap.Over(Images) };
        var target = new LabelSetTarget("parts", ["wheel", "door"], [.. Present.Select(row => row[..2])], rows);

        var result = new LabelSetStudy(study, target).Run("cut", new ProbeSite("projector", "vision", 0), Features(1), TestContext.Current.CancellationToken);

        Assert.Equal(0.5, result.Labels[0].Share);
        var alone = folds.Select(fold =>
        {
            var one = new LabeledRows(Rows.Classes, Rows.Labels, Images, fold);
            return new LabelSetStudy(study with { Rows = one, Bootstrap = study.Bootstrap.Over(fold.Test) }, new LabelSetTarget("parts", ["wheel", "door"], target.Present, one))
                .Run("cut", new ProbeSite("projector", "vision", 0), Features(1), TestContext.Current.CancellationToken);
        }).ToArray();
        Assert.Equal(folds.Zip(alone).Sum(fold => fold.First.Test.Length * fold.Second.ExactMatch) / Count, result.ExactMatch, 1e-12);
    }

    [Fact]
    public void Create_NoUsableLabel_SaysWhich()
    {
        var error = Assert.Throws<ProbeException>(() => new LabelSetTarget("parts", ["sail"], [.. Images.Select(_ => ImmutableArray.Create(true))], Rows));

        Assert.Contains("target parts", error.Message, StringComparison.Ordinal);
        Assert.Contains("found none among sail", error.Message, StringComparison.Ordinal);
    }

    private static ProbeStudy Study { get; } = new() { Rows = Rows, L2 = [1e-3, 1e-1], Bootstrap = new ClusterBootstrap([.. Rows.Test], 300, 0) };

    private static FeatureMatrix Features(float distance)
    {
        var values = SyntheticFeatures.Noise(Count * 6, 4);
        for (var row = 0; row < Count; row++)
        {
            values[row * 6] += Present[row][0] ? distance : 0;
            values[(row * 6) + 1] += Present[row][1] ? distance : 0;
        }

        return new FeatureMatrix(values, 6);
    }

    private static Results.LabelSetResult Run(FeatureMatrix features) =>
        new LabelSetStudy(Study, Target).Run("cut", new ProbeSite("projector", "vision", 0), features, TestContext.Current.CancellationToken);
}
