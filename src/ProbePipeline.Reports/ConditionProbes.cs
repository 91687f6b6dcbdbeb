using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports;

/// <summary>The probes of all conditions, condition after condition.</summary>
internal static class ConditionProbes
{
    public static IEnumerable<ProbeResult> Probes(this ExperimentResults results) => results.Conditions.Values.SelectMany(condition => condition.Probes);

    /// <summary>Every probe with its condition.</summary>
    public static IEnumerable<(string Condition, ProbeResult Probe)> ProbesByCondition(this ExperimentResults results) =>
        results.Conditions.SelectMany(pair => pair.Value.Probes.Select(probe => (pair.Key, probe)));

    /// <summary>Every probe with its condition, and last, where there is one, the baseline on pixels: it is a probe like the others, under no condition.</summary>
    public static IEnumerable<(string Condition, ProbeResult Probe)> ProbesAndPixels(this ExperimentResults results) =>
        results.Baselines.Pixels is { } pixels ? results.ProbesByCondition().Append(("", pixels)) : results.ProbesByCondition();
}
