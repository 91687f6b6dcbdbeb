using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Saving;
using ProbePipeline.Sharding;

namespace ProbePipeline.Extraction;

/// <summary>The features of an experiment, stage after stage: what needs nothing fitted, what is fitted on it, what needs that, and the untrained network's.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Inputs">What the features depend on.</param>
/// <param name="Progress">Is told how far each stage is.</param>
internal sealed record RunFeatures(PreparedExperiment Experiment, RunInputs Inputs, IProgress<RunProgress>? Progress)
{
    /// <summary>The folder in which the features lie; by default the run's output.</summary>
    public string Output { get; init; } = Experiment.Options.Output;

    /// <summary>The share of the chunks that is made; null: all.</summary>
    public Shard? Shard { get; init; }

    /// <summary>The names of the conditions that can be run at once.</summary>
    public ImmutableArray<string> First => [.. Experiment.Stages.First.Select(condition => condition.Name)];

    /// <summary>Whether the untrained network's are asked for.</summary>
    public bool WithRandomModel => Experiment.Options.Probe is { Baselines.RandomModel: true };

    /// <summary>Makes the store, or opens it where it was begun.</summary>
    /// <exception cref="FeatureStoreException">The store there was made from something else.</exception>
    public FeatureStore Begin() => Experiment.Extraction.Begin(PreparedExperiment.FeaturesIn(Output), Experiment.Rows.Rows, Inputs.ForFeatures);

    /// <summary>The untrained network's store, made or opened likewise; null where it is not asked for.</summary>
    public FeatureStore? BeginRandomModel() => WithRandomModel ? RandomModel.Begin() : null;

    /// <returns>How many rows were to be done.</returns>
    public int ExtractFirst(FeatureStore store, CancellationToken cancellation) => Extract(store, "forwards", Experiment.Stages.First, cancellation);

    /// <summary>Fits erasers and means, or takes those of an earlier run; a shard only takes them.</summary>
    /// <param name="store">Features of all rows under the conditions that need nothing fitted.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public (FittedErasers Erasers, FittedMeans Means) Fit(FeatureStore store, CancellationToken cancellation)
    {
        var first = UsableRows.Of(Experiment, store, First);
        // Shards would all fit the same, and write it to one place.
        var mayFit = Shard is null;
        var (erasers, means) = (new FittedErasers(first.Experiment, first.Store) { MayFit = mayFit }, new FittedMeans(first.Experiment, first.Store) { MayFit = mayFit });
        means.Fit(done => Progress?.Report(new RunProgress("forwards for means", done, first.Experiment.Task.Rows.Split.Train.Length, "rows")), cancellation);
        // Erasers are fitted when they are asked for.
        _ = Experiment.Stages.Second(erasers.Edit, means.Of);
        return (erasers, means);
    }

    /// <returns>How many rows were to be done.</returns>
    public int ExtractSecond(FeatureStore store, FittedErasers erasers, FittedMeans means, CancellationToken cancellation) =>
        Experiment.Stages.Second(erasers.Edit, means.Of) is { IsEmpty: false } second ? Extract(store, "forwards with what was fitted", second, cancellation) : 0;

    /// <summary>The untrained network's, where they are asked for.</summary>
    public FeatureStore? ExtractRandomModel(CancellationToken cancellation) => WithRandomModel
        ? RandomModel.Extract((done, all) => Progress?.Report(new RunProgress(RandomModelFeatures.Stage, done, all, "rows")), cancellation)
        : null;

    private RandomModelFeatures RandomModel => new(Experiment, Inputs, Output) { Takes = TakesOf(RandomModelFeatures.FolderIn(Experiment.Options.Output)) };

    private int Extract(FeatureStore store, string stage, ImmutableArray<CaptureCondition> conditions, CancellationToken cancellation)
    {
        var extraction = Experiment.Extraction with { Stage = stage, Takes = TakesOf(Experiment.FeatureFolder) };
        var rows = extraction.CountTaken(Experiment.Rows.Rows, conditions);
        extraction.Run(store, Experiment.Rows.Rows, conditions, done => Progress?.Report(new RunProgress(stage, done, rows, "rows")), cancellation);
        return rows;
    }

    // What is joined already is nobody's to make again.
    private Func<int, string, bool> TakesOf(string joinedFolder)
    {
        if (Shard is null)
        {
            return (_, _) => true;
        }

        var joined = FeatureStore.Exists(joinedFolder) ? FeatureStore.Open(joinedFolder) : null;
        return (chunk, condition) => Shard.Takes(chunk) && joined?.IsFinished(chunk, condition) != true;
    }
}
