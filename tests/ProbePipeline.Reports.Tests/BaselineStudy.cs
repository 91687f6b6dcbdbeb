using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tests;

/// <summary>The reference study with all baselines.</summary>
internal static class BaselineStudy
{
    public static ExperimentResults Results { get; } = Create();

    private static ExperimentResults Create()
    {
        var results = ReferenceStudy.Results;
        ProbeResult[] untrained = [.. results.Conditions["intact"].Probes.Select(probe => probe with { TestAccuracy = 0.125, Low = 0.1, High = 0.15 })];
        return results with
        {
            Baselines = results.Baselines with
            {
                OtherLabels = new OtherLabelsResult(["color", "shape"], results.Baselines.Pixels! with { Site = "other-labels", TestAccuracy = 0.1875, Low = 0.17, High = 0.21 }),
                RandomFeatures = [new RandomFeaturesResult(128, results.Baselines.Pixels with { Site = "random-128", TestAccuracy = 0.0625, Low = 0.05, High = 0.08 })],
                RandomModel = new RandomModelResult(7, "intact", [.. untrained.Take(untrained.Length - 1), untrained[^1] with { Remarks = ["Nothing varies here."] }])
                {
                    Differences = [.. untrained.Select(probe => new Comparison("intact", "untrained", probe.Site, 0.25, 0.125, 0.375) { Tests = new PairedTests(0.01, 0.02, 0.05) { Holm = 0.031 } })],
                },
            },
        };
    }
}
