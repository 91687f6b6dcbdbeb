using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Analysis;

/// <summary>How the states of conditions lie to each other, and where the target lies in them: transfer, erasure, directions.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Store">Its features.</param>
/// <param name="Sites">Where they were read.</param>
/// <param name="Probes">The probes by condition, all in the order of the sites.</param>
internal sealed record GeometryAnalysis(
    PreparedExperiment Experiment, FeatureStore Store, ImmutableArray<ProbeSite> Sites, ImmutableDictionary<string, ImmutableArray<ProbeOutcome>> Probes)
{
    private ProbeOptions Options => Experiment.Options.Probe!;

    private ImmutableArray<string> MatrixSites =>
        Experiment.MatrixSites is { IsEmpty: false } chosen ? chosen : SiteChoice.Default(Sites, Probes[Store.Manifest.Conditions[0]]);

    public ExperimentResults AddTo(ExperimentResults results, Action<string, int, int> progress, CancellationToken cancellation)
    {
        Action<int, int> Stage(string stage) => (done, all) => progress(stage, done, all);
        var cross = new CrossConditionAnalysis(Experiment.Task, Store, Probes).Run(MatrixSites, Options.CrossCondition.Similarity, Stage("transfers"), cancellation);
        return results with
        {
            CrossCondition = cross,
            Erasures = Options.Erasure is null ? [] : new ErasureAnalysis(Experiment.Task.Study, Experiment.ErasureOther, Store).Run(Probes, Stage("erasures"), cancellation),
            Directions = Options.Directions is { } directions
                ? new DirectionAnalysis(Experiment.Task, Experiment.Options.Target, Store).Run(
                    [.. Store.Manifest.Conditions.Where(Probes.ContainsKey)],
                    Experiment.DirectionSites is { IsEmpty: false } sites ? sites : MatrixSites,
                    directions.Iterations,
                    Experiment.Options.Output,
                    Stage("directions"),
                    cancellation)
                : [],
        };
    }
}
