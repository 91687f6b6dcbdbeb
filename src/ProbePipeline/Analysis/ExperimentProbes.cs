using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Saving;

namespace ProbePipeline.Analysis;

/// <summary>Which probes an experiment fits at its sites, so that a shard and a whole run fit the same ones.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Outcomes">Where outcomes are taken from that were fitted elsewhere; null: nowhere.</param>
internal sealed record ExperimentProbes(PreparedExperiment Experiment, StoredOutcomes? Outcomes)
{
    /// <summary>Where probes read; the names of a store's columns.</summary>
    public ImmutableArray<ProbeSite> Sites { get; init; } =
    [
        .. Experiment.States.Captures.Select(capture => new ProbeSite(
            Experiment.States.PartOf(capture),
            TowerText.Write(capture.Site.Tower),
            capture.Site.Layer,
            PathToAnswer.Includes(Experiment.Model.Network, capture))),
    ];

    /// <summary>Those of the model's states under every condition, but for the windows of sweeps.</summary>
    public SiteProbes OfModel(FeatureStore store) => new(Experiment.Task.Study, store, Sites)
    {
        Conditions = [.. Experiment.Options.Conditions.Select(condition => condition.Name)],
        Outcomes = Outcomes,
        Log = Experiment.Log,
    };

    /// <summary>Those of an untrained network's states.</summary>
    public SiteProbes OfUntrained(FeatureStore store) => new(Experiment.Task.Study.AccuracyAlone, store, Sites) { Outcomes = Outcomes, Log = Experiment.Log };
}
