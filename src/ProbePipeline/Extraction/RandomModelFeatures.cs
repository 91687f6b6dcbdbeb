using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Saving;

namespace ProbePipeline.Extraction;

/// <summary>
/// The states of an untrained network of the same architecture, at the same sites for the same rows, under the first condition. They lie in a folder of
/// their own, so that an experiment can ask for them later without computing anything else anew.
/// </summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Inputs">What its own features depend on.</param>
/// <param name="Output">The output folder that holds theirs.</param>
internal sealed record RandomModelFeatures(PreparedExperiment Experiment, RunInputs Inputs, string Output)
{
    /// <summary>What its forwards are called.</summary>
    public const string Stage = "forwards with random weights";

    /// <summary>Whether a chunk is this run's to compute; by default all are.</summary>
    public Func<int, string, bool> Takes { get; init; } = (_, _) => true;

    private CaptureCondition First => Experiment.Stages.First[0];

    private long Seed => Experiment.Options.Probe!.Baselines.Seed;

    /// <summary>The folder in an output folder.</summary>
    public static string FolderIn(string output) => Path.Combine(output, "features-random-model");

    /// <summary>Makes the store, or opens it where it was begun.</summary>
    /// <exception cref="FeatureStoreException">The features there were made from something else.</exception>
    // What a store holds depends on the network's shape alone: another one is only made where states are missing.
    public FeatureStore Begin() => Of(Experiment.Model).Begin(
        FolderIn(Output), Experiment.Rows.Rows, new(Inputs.ForFeatures) { ["weights"] = FormattableString.Invariant($"drawn with seed {Seed}") });

    /// <summary>Computes what the store lacks.</summary>
    /// <param name="progress">Is told the rows that are finished, of how many.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="FeatureStoreException">The features there were made from something else.</exception>
    public FeatureStore Extract(Action<int, int> progress, CancellationToken cancellation)
    {
        var (rows, store) = (Experiment.Rows.Rows, Begin());
        var all = Of(Experiment.Model).CountTaken(rows, [First]);
        if (Enumerable.Range(0, store.Manifest.ChunkRows.Length).All(chunk => !Takes(chunk, First.Name) || store.IsFinished(chunk, First.Name)))
        {
            progress(all, all);
        }
        else
        {
            Experiment.RunUntrained(Seed, model => Of(model).Run(store, rows, [First], done => progress(done, all), cancellation));
        }

        return store;
    }

    private FeatureExtraction Of(ProbedModel model) => Experiment.Extraction with
    {
        Model = model,
        Conditions = [First.Name],
        States = Experiment.States with { Conditions = [First] },
        Answers = null,
        Lens = null,
        Generation = null,
        Stage = Stage,
        Takes = Takes,
    };
}
