using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests;

public sealed class ProbeStudyTests
{
    private static readonly ProbeSite Site = new("vision.resid_post.3", "vision", 3);

    [Fact]
    public void Run_SeparableClasses_FindsThemAndNotTheControlTask()
    {
        // 120 pictures of two rows; every picture is a type of its own, so the control task has nothing to learn.
        var study = Study(3, 120);
        study = study with { ControlTasks = [ControlTask.Labels(study.Rows, [.. study.Rows.Images.Select(image => $"picture {image}")], 5)] };

        var (result, _, predictions, _) = Run(study, Site, SyntheticFeatures.Separable(study.Rows.Labels, 5, 1));

        Assert.Equal((1.0, 1.0, 1.0, 1.0, 1.0), (result.ValidationAccuracy, result.TestAccuracy, result.Low, result.High, result.MacroF1));
        // 48 of 48, where resamples are all alike: a share of 48 / (48 + 1.96²) and more.
        Assert.Equal(48 / (48 + 3.8415), result.WilsonLow!.Value, 1e-4);
        Assert.Equal(1, result.WilsonHigh);
        Assert.Equal(1e-1, result.L2);
        Assert.Equal([1e-3, 1e-2, 1e-1], result.Sweep.Select(point => point.L2));
        Assert.InRange(result.LogLoss, 1e-4, 0.2);
        Assert.Equal(study.Rows.Split.Test.Select(row => study.Rows.Labels[row]), predictions);
        Assert.Equal(study.Rows.MajorityAccuracy, result.Majority);
        // 48 test rows at a chance of a third: standard deviation 0.07, and rows of a picture are alike.
        Assert.InRange(result.ControlAccuracy!.Value, 0.05, 0.6);
        Assert.Equal(1 - result.ControlAccuracy, result.Selectivity);
    }

    [Fact]
    public void Run_ControlTaskOfTheClassesThemselves_LeavesNoSelectivity()
    {
        var study = Study(3, 120);
        study = study with { ControlTasks = [study.Rows.Labels] };

        var (result, _, _, _) = Run(study, Site, SyntheticFeatures.Separable(study.Rows.Labels, 5, 1));

        Assert.Equal((1.0, 0.0), (result.ControlAccuracy, result.Selectivity));
    }

    [Fact]
    public void Run_TwoControlTasks_GivesEveryNumberOfAResult()
    {
        var study = Study(3, 120);
        study = study with { ControlTasks = [study.Rows.Labels, study.Rows.Labels] };

        var (result, _, _, _) = Run(study, Site, SyntheticFeatures.Separable(study.Rows.Labels, 5, 1));

        Assert.Empty(typeof(ProbeResult).GetProperties().Where(property => Nullable.GetUnderlyingType(property.PropertyType) is not null && property.GetValue(result) is null).Select(property => property.Name));
    }

    [Fact]
    public void Run_NoControlTask_LeavesItOpen()
    {
        var study = Study(2, 60);

        var (result, _, _, _) = Run(study, new ProbeSite("vision.resid_post.5", "vision", 5, OnPath: false), SyntheticFeatures.Separable(study.Rows.Labels, 5, 1));

        Assert.Null(result.ControlAccuracy);
        Assert.Null(result.Selectivity);
        Assert.Equal(("vision.resid_post.5", "vision", 5, false), (result.Site, result.Tower, result.Layer, result.OnPath));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Run_Noise_StaysNearChance(int classCount)
    {
        var study = Study(classCount, 400);

        var (result, _, _, _) = Run(study, Site, new FeatureMatrix(SyntheticFeatures.Noise(800 * 10, 1), 10));

        // 160 test rows: standard deviation at most 0.04.
        Assert.InRange(result.TestAccuracy, (1.0 / classCount) - 0.12, (1.0 / classCount) + 0.12);
        Assert.InRange(result.Low, result.TestAccuracy - 0.15, result.TestAccuracy - 0.02);
        Assert.InRange(result.High, result.TestAccuracy + 0.02, result.TestAccuracy + 0.15);
        Assert.InRange(result.LogLoss, Math.Log(classCount) - 0.1, Math.Log(classCount) + 0.2);
    }

    [Fact]
    public void Run_OtherNumberOfRows_IsRefusedWithTheSitesName()
    {
        var error = Assert.Throws<ProbeException>(() => Run(Study(2, 60), Site, new FeatureMatrix(new float[119 * 4], 4)));

        Assert.Equal("vision.resid_post.3: expected a vector for each of 120 rows; found 119", error.Message);
    }

    [Fact]
    public void Run_OtherNumberOfControlLabels_IsRefusedWithTheSitesName()
    {
        var study = Study(2, 60) with { ControlTasks = [[0, 1]] };

        var error = Assert.Throws<ProbeException>(() => Run(study, Site, new FeatureMatrix(new float[120 * 4], 4)));

        Assert.Equal("vision.resid_post.3: expected a control label for each of 120 rows; found 2", error.Message);
    }

    [Fact]
    public void Run_BootstrapOfOtherRows_IsRefused()
    {
        // Over all rows instead of the test rows.
        var study = Study(2, 60);
        study = study with { Bootstrap = new ClusterBootstrap(study.Rows.Images, 100, 1) };

        var error = Assert.Throws<ProbeException>(() => Run(study, Site, SyntheticFeatures.Separable(study.Rows.Labels, 5, 1)));

        Assert.Equal("bootstrap: expected a number for each of 120 rows; found 24", error.Message);
    }

    [Fact]
    public void Run_NoPenalty_IsRefusedWithTheSitesName()
    {
        var error = Assert.Throws<ProbeException>(() => Run(Study(2, 60) with { L2 = [] }, Site, new FeatureMatrix(new float[120 * 4], 4)));

        Assert.Equal("vision.resid_post.3: expected at least one penalty to fit with; found none", error.Message);
    }

    [Fact]
    public void Run_Cancelled_Stops()
    {
        var study = Study(2, 60);

        Assert.Throws<OperationCanceledException>(() => study.Run(Site, SyntheticFeatures.Separable(study.Rows.Labels, 5, 1), new CancellationToken(true)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Run_OneAfterAnotherTwiceAndInParallel_IsTheSameToTheBit(int classCount)
    {
        var study = Study(classCount, 60);
        study = study with { ControlTasks = [ControlTask.Labels(study.Rows, [.. study.Rows.Images.Select(image => $"type {image % 7}")], 5)] };
        FeatureMatrix[] sites = [.. Enumerable.Range(0, 12).Select(site => SyntheticFeatures.Separable(study.Rows.Labels, 20, site, 0.3f * site))];

        string[] first = [.. sites.Select(features => Digits(Run(study, Site, features)))];
        string[] second = [.. sites.Reverse().Select(features => Digits(Run(study, Site, features))).Reverse()];
        var parallel = new string[sites.Length];
        Parallel.For(0, sites.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, site => parallel[site] = Digits(Run(study, Site, sites[site])));

        Assert.Equal(first, second);
        Assert.Equal(first, parallel);
        Assert.Equal(sites.Length, first.Distinct().Count());
    }

    private static ProbeOutcome Run(ProbeStudy study, ProbeSite site, FeatureMatrix features) => study.Run(site, features, TestContext.Current.CancellationToken);

    /// <summary>Every digit of an outcome: numbers are written so that they read back the same.</summary>
    private static string Digits(ProbeOutcome outcome) => JsonSerializer.Serialize(outcome);

    /// <summary>Two rows a picture, of the same class.</summary>
    private static ProbeStudy Study(int classCount, int pictures)
    {
        ImmutableArray<int> images = [.. Enumerable.Range(0, 2 * pictures).Select(row => row / 2)];
        var split = RowSplit.ByOrder(images, 0.6, 0.2);
        ImmutableArray<string> classes = [.. Enumerable.Range(0, classCount).Select(index => $"class {index}")];
        return new ProbeStudy
        {
            Rows = new LabeledRows(classes, [.. images.Select(image => image % classCount)], images, split),
            L2 = [1e-1, 1e-3, 1e-2],
            Bootstrap = new ClusterBootstrap([.. split.Test.Select(row => images[row])], 500, 1),
        };
    }
}
