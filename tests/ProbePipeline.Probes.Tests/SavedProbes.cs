using System.Collections.Immutable;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests;

/// <summary>Fitted probes to save: of three classes, and of two.</summary>
internal static class SavedProbes
{
    public static ProbeSource Source { get; } = new()
    {
        Experiment = "a study",
        Target = "part",
        Model = "models/sample",
        ModelHash = "0123",
        Type = "float32",
        Template = "llava-1.5",
        Question = "What is the {color} part?",
        RegionThreshold = 0.25,
        RegionTiles = "both",
    };

    /// <summary>Sixty vectors of six numbers.</summary>
    public static FeatureMatrix Features { get; } = SyntheticFeatures.Separable([.. Enumerable.Range(0, 60).Select(row => row % 3)], 6, 3, distance: 1.5f);

    public static LinearProbe Fit(params ImmutableArray<string> classes)
    {
        ImmutableArray<int> images = [.. Enumerable.Range(0, 60)];
        var split = RowSplit.ByOrder(images, 0.6, 0.2);
        var study = new ProbeStudy
        {
            Rows = new LabeledRows(classes, [.. images.Select(row => row % classes.Length)], images, split),
            L2 = [1e-2],
            Bootstrap = new ClusterBootstrap([.. split.Test], 100, 0),
        };
        return study.Run(new ProbeSite("vision.resid_post.0", "vision", 0), Features, TestContext.Current.CancellationToken).Probe;
    }

    public static ProbeCard Card(string condition, string site, string pooling = "region-mean") => new()
    {
        Site = site,
        Pooling = pooling,
        Condition = condition,
        Blocks = "[{ tower: vision, from: all, to: all }]",
        Trainer = "lbfgs",
        ValidationAccuracy = 0.75,
        TestAccuracy = 2.0 / 3,
        OnPath = false,
    };
}
