using ProbePipeline.Capture;
using ProbePipeline.Features;

namespace ProbePipeline.Extraction;

/// <summary>
/// The states of an untrained network of the same architecture, at the same sites for the same rows, under the first condition. They lie in a folder of
/// their own, so that an experiment can ask for them later without computing anything else anew.
/// </summary>
internal static class RandomModelFeatures
{
    /// <summary>The folder in an output folder.</summary>
    public static string FolderIn(string output) => Path.Combine(output, "features-random-model");

    /// <param name="experiment">The experiment.</param>
    /// <param name="inputs">What its own features depend on.</param>
    /// <param name="progress">Is told the rows that are finished.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="FeatureStoreException">The features there were made from something else.</exception>
    public static FeatureStore Extract(PreparedExperiment experiment, RunInputs inputs, Action<int> progress, CancellationToken cancellation)
    {
        var (options, rows) = (experiment.Options, experiment.Rows.Rows);
        var seed = options.Probe!.Baselines.Seed;
        var first = experiment.Stages.First[0];
        // What a store holds depends on the network's shape alone: another one is only made where states are missing.
        var store = Of(experiment.Model).Begin(
            FolderIn(options.Output), rows, new(inputs.ForFeatures) { ["weights"] = FormattableString.Invariant($"drawn with seed {seed}") });
        if (Enumerable.Range(0, store.Manifest.ChunkRows.Length).All(chunk => store.IsFinished(chunk, first.Name)))
        {
            progress(rows.Length);
        }
        else
        {
            experiment.RunUntrained(seed, model => Of(model).Run(store, rows, [first], progress, cancellation));
        }

        return store;

        FeatureExtraction Of(ProbedModel model) =>
            experiment.Extraction with { Model = model, Conditions = [first.Name], States = experiment.States with { Conditions = [first] }, Answers = null, Lens = null };
    }
}
