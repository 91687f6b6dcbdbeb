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
            ("pixels", results.Baselines.Pixels, null),
            .. results.Baselines.OtherLabels is { } labels ? [("other labels", labels.Probe, null)] : Array.Empty<(string, ProbeResult, Comparison?)>(),
            .. results.Baselines.RandomFeatures.Select(random => ("random features", random.Probe, (Comparison?)null)),
            .. (results.Baselines.RandomModel?.Probes ?? []).Select(probe => ("random model", probe, differences.GetValueOrDefault(probe.Site))),
        ];
        return new(
            "baselines",
            ResultColumn.Of("baseline", rows.Select(row => row.Baseline)),
            ResultColumn.Of("site", rows.Select(row => row.Probe.Site)),
            ResultColumn.Of("l2", rows.Select(row => row.Probe.L2)),
            ResultColumn.Of("validationAccuracy", rows.Select(row => row.Probe.ValidationAccuracy)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Probe.TestAccuracy)),
            ResultColumn.Of("low", rows.Select(row => row.Probe.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Probe.High)),
            ResultColumn.Of("majority", rows.Select(row => row.Probe.Majority)),
            // The model's probe at the site less this one.
            ResultColumn.Of("difference", rows.Select(row => row.Difference?.Difference)),
            ResultColumn.Of("differenceLow", rows.Select(row => row.Difference?.Low)),
            ResultColumn.Of("differenceHigh", rows.Select(row => row.Difference?.High)),
            ResultColumn.Of("signFlip", rows.Select(row => row.Difference?.Tests?.SignFlip)),
            ResultColumn.Of("holm", rows.Select(row => row.Difference?.Tests?.Holm)));
    }
}
