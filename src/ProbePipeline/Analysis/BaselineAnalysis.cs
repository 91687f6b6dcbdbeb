using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Baselines;
using ProbePipeline.Probes.Results;
using ProbePipeline.Rows;

namespace ProbePipeline.Analysis;

/// <summary>What probes find without the model's states: in the region's own pixels, in other labels, in random vectors, in the states of an untrained network.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Probes">Its probes.</param>
/// <param name="RandomModel">The untrained network's states; null: it was not asked for.</param>
internal sealed record BaselineAnalysis(PreparedExperiment Experiment, ExperimentProbes Probes, FeatureStore? RandomModel)
{
    private ProbeTask Task => Experiment.Task;

    /// <returns>The baselines, without what no probe is fitted for, and the untrained network's probes in the order of the sites, none where it was not asked for.</returns>
    public (Baselines Baselines, ImmutableArray<ProbeOutcome> Untrained) Run(CancellationToken cancellation)
    {
        var options = Experiment.Options.Probe?.Baselines ?? new();
        var untrained = RandomModel is null ? [] : Probes.OfUntrained(RandomModel).Run((_, _) => { }, cancellation)[RandomModel.Manifest.Conditions[0]];
        return (
            new Baselines(1.0 / Task.Rows.Classes.Length, Task.Rows.MajorityAccuracy, Experiment.Options.Probe is null ? null : Pixels(cancellation))
            {
                OtherLabels = options.OtherLabels.IsEmpty ? null : OfLabels(options.OtherLabels, cancellation),
                RandomFeatures = options.RandomFeatures ? [.. Widths.Select(width => OfRandom(width, options.Seed, cancellation))] : [],
                RandomModel = RandomModel is null ? null : new RandomModelResult(options.Seed, RandomModel.Manifest.Conditions[0], [.. untrained.Select(outcome => outcome.Result)]),
            },
            untrained);
    }

    private IEnumerable<int> Widths => Experiment.States.Captures.Select(capture => Experiment.Model.Network.WidthOf(capture.Site)).Distinct().Order();

    private ProbeResult Pixels(CancellationToken cancellation)
    {
        float[] pixels = [.. Experiment.Rows.Rows.SelectMany(row => RegionPixels.Of(row.Picture, row.Region))];
        // How much such a probe learns by heart is not asked.
        return (Task.Study with { ControlTasks = [] }).Run(Nowhere("pixels"), new FeatureMatrix(pixels, RegionPixels.Width), cancellation).Result;
    }

    private RandomFeaturesResult OfRandom(int width, long seed, CancellationToken cancellation) =>
        new(width, Task.Study.AccuracyAlone.Run(Nowhere($"random-{width}"), RandomFeatures.Of(Task.Rows.Labels.Length, width, seed), cancellation).Result);

    private OtherLabelsResult OfLabels(ImmutableArray<string> fields, CancellationToken cancellation) =>
        new(fields, Task.Study.AccuracyAlone.Run(Nowhere("other-labels"), LabelCodes.Of(Experiment.Rows.Rows, fields), cancellation).Result);

    private static ProbeSite Nowhere(string name) => new(name, "none", -1, OnPath: false);
}
