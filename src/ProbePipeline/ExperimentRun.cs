using ProbePipeline.Analysis;
using ProbePipeline.Extraction;
using ProbePipeline.Opening;
using ProbePipeline.Reports;
using ProbePipeline.Saving;
using ProbePipeline.Sharding;
using ProbePipeline.Telemetry;

namespace ProbePipeline;

/// <summary>The way of an experiment that is opened: features, what is fitted on them, probes and other measures, the report. Shards go parts of the same way.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Command">The command that repeats it; null: it was started by code.</param>
/// <param name="Progress">Is told how far it is.</param>
internal sealed record ExperimentRun(PreparedExperiment Experiment, string? Command, IProgress<RunProgress>? Progress)
{
    private string Output => Experiment.Options.Output;

    /// <summary>All of it.</summary>
    public ExperimentOutcome Whole(CancellationToken cancellation)
    {
        using var alone = OutputLock.Take(Output);
        var features = Features(cancellation);
        var store = features.Begin();
        features.ExtractFirst(store, cancellation);
        var (erasers, means) = features.Fit(store, cancellation);
        features.ExtractSecond(store, erasers, means, cancellation);
        return Report(features, new RunParts(store, erasers, means, features.ExtractRandomModel(cancellation)), outcomes: null, cancellation);
    }

    /// <summary>A shard's share of the stage that is not joined yet.</summary>
    public ShardOutcome OneShard(Shard shard, CancellationToken cancellation)
    {
        var folder = ShardFolders.Of(Output, shard);
        using var alone = OutputLock.Take(folder);
        return new ShardRun(Features(cancellation) with { Output = folder, Shard = shard }).Run(cancellation);
    }

    /// <summary>Brings together what shards have made, and fits what conditions need.</summary>
    public JoinOutcome Join(IReadOnlyList<string> from, CancellationToken cancellation)
    {
        using var join = new ShardJoin(Features(cancellation), from);
        return join.Fit(cancellation);
    }

    /// <summary>Brings together what shards have made, and goes on to the report.</summary>
    public ExperimentOutcome Merge(IReadOnlyList<string> from, CancellationToken cancellation)
    {
        var features = Features(cancellation);
        using var join = new ShardJoin(features, from);
        var outcome = Report(features, join.Complete(cancellation), join.Outcomes, cancellation);
        join.RemoveShards();
        return outcome;
    }

    private RunFeatures Features(CancellationToken cancellation) => new(Experiment, RunInputs.Of(Experiment, cancellation), Progress);

    private ExperimentOutcome Report(RunFeatures features, RunParts parts, Func<PreparedExperiment, StoredOutcomes>? outcomes, CancellationToken cancellation)
    {
        var usable = UsableRows.Of(Experiment, parts.Store, parts.Store.Manifest.Conditions, parts.RandomModel);
        var analysis = new ExperimentAnalysis(usable.Experiment, usable.Store, parts.Erasers, parts.Means)
        {
            RandomModel = usable.RandomModel,
            NotFinite = usable.Kept,
            Outcomes = outcomes?.Invoke(usable.Experiment),
        };
        var results = analysis.Run(
            features.Inputs.Provenance(Command) with { FeaturesHash = parts.Store.Hash() },
            (stage, done, all) => Progress?.Report(new RunProgress(stage, done, all, stage)),
            cancellation);
        using var activity = RunTelemetry.Begin("report");
        ReportWriter.Write(results, Output);
        var outcome = new ExperimentOutcome(results, Path.Combine(Output, "report.html"));
        Experiment.Log.Reported(Redaction.Of(outcome.ReportPath));
        return outcome;
    }
}
