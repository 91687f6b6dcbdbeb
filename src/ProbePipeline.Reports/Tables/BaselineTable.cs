using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>What is reached without the model's states.</summary>
internal static class BaselineTable
{
    public static ResultTable Of(ExperimentResults results)
    {
        var differences = (results.Baselines.RandomModel?.Differences ?? []).ToDictionary(difference => difference.Site!);
        (string Baseline, ProbeResult Probe, Comparison? Difference)[] rows =
        [
            .. results.Baselines.Pixels is { } pixels ? [("pixels", pixels, null)] : Array.Empty<(string, ProbeResult, Comparison?)>(),
            .. results.Baselines.OtherLabels is { } labels ? [("other labels", labels.Probe, null)] : Array.Empty<(string, ProbeResult, Comparison?)>(),
            .. results.Baselines.RandomFeatures.Select(random => ("random features", random.Probe, (Comparison?)null)),
            .. (results.Baselines.RandomModel?.Probes ?? []).Select(probe => ("random model", probe, differences.GetValueOrDefault(probe.Site))),
        ];
        return ResultTable.Of("baselines", rows)
            .With("baseline", row => row.Baseline)
            .With("site", row => row.Probe.Site)
            .With("l2", row => row.Probe.L2)
            .With("validationAccuracy", row => row.Probe.ValidationAccuracy)
            .With("testAccuracy", row => row.Probe.TestAccuracy)
            .With("low", row => row.Probe.Low)
            .With("high", row => row.Probe.High)
            .With("majority", row => row.Probe.Majority)
            // The model's probe at the site less this one.
            .With("difference", row => row.Difference?.Difference)
            .With("differenceLow", row => row.Difference?.Low)
            .With("differenceHigh", row => row.Difference?.High)
            .With("signFlip", row => row.Difference?.Tests?.SignFlip)
            .With("holm", row => row.Difference?.Tests?.Holm);
    }
}
