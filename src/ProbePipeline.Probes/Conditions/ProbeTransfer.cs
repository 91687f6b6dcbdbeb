using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Conditions;

/// <summary>Probes that read the states of another condition than the one that they were trained under.</summary>
/// <param name="Rows">What they predict.</param>
/// <param name="Bootstrap">Intervals over the test rows, in the order of <see cref="LabeledRows.Test"/>.</param>
public sealed record ProbeTransfer(LabeledRows Rows, ClusterBootstrap Bootstrap)
{
    /// <summary>Tests a probe on another condition's states at its site.</summary>
    /// <param name="trained">The condition that the probe was trained under, and the probe.</param>
    /// <param name="tested">The other condition, and its own probe at the same site.</param>
    /// <param name="states">The other condition's states at the site: a vector a row.</param>
    /// <exception cref="ProbeException">The probes are of two sites, or the states are of another width than those that the probe was trained on.</exception>
    public Transfer Run((string Condition, ProbeOutcome Outcome) trained, (string Condition, ProbeOutcome Outcome) tested, FeatureMatrix states)
    {
        var (site, other) = (trained.Outcome.Result.Site, tested.Outcome.Result.Site);
        if (site != other)
        {
            throw new ProbeException($"transfer from {trained.Condition} to {tested.Condition}: expected probes of one site; found {site} and {other}");
        }

        var hits = Rows.Hits(Rows.Test, trained.Outcome.Predict(states, Rows));
        double[] differences = [.. hits.Zip(Rows.Hits(Rows.Test, tested.Outcome.TestPredictions), (one, own) => one - own)];
        var (low, high) = Bootstrap.Interval(hits);
        var (differenceLow, differenceHigh) = Bootstrap.Interval(differences);
        return new Transfer(trained.Condition, tested.Condition, site, hits.Average(), low, high, differences.Average(), differenceLow, differenceHigh);
    }
}
