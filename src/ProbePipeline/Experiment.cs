using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProbePipeline.Inspection;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Planning;
using ProbePipeline.Reports.Sheets;
using ProbePipeline.Saving;
using ProbePipeline.Sharding;
using ProbePipeline.Telemetry;

namespace ProbePipeline;

/// <summary>An experiment: pictures and questions go through a network under attention conditions, probes read its states, a report sets both side by side.</summary>
public sealed class Experiment
{
    private readonly string? _command;
    private readonly ILogger _log = NullLogger.Instance;

    /// <param name="options">What to do; checked as an experiment file is.</param>
    /// <exception cref="ExperimentFileException">The options are not usable.</exception>
    public Experiment(ExperimentOptions options) => Options = ExperimentFile.Validate(options);

    private Experiment(ExperimentOptions options, string? command, ILogger log) => (Options, _command, _log) = (options, command, log);

    /// <summary>What is done, defaults filled in.</summary>
    public ExperimentOptions Options { get; }

    /// <summary>Reads an experiment file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Values that take the place of the file's: <c>dataset.images=60</c>.</param>
    /// <exception cref="ExperimentFileException">The file is not usable; the message has a line for every reason.</exception>
    public static Experiment Read(string path, params IReadOnlyList<string> overrides) => new(ExperimentFile.Read(path, overrides), RunCommandLine.Of(path, overrides), NullLogger.Instance);

    /// <summary>The same experiment, whose runs are logged: steps, counts and times, at the levels information and, for every probe, debug.</summary>
    /// <param name="log">Where to.</param>
    public Experiment LoggedTo(ILogger log) => new(Options, _command, log);

    /// <summary>Says what a run would do and what it costs. Opens the model and maps the regions, but runs no forward and writes nothing.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public ExperimentPlan Plan(CancellationToken cancellation = default)
    {
        using var prepared = PreparedExperiment.Open(Options, cancellation: cancellation);
        return PlanLines.Of(prepared, cancellation);
    }

    /// <summary>The same, and a shard's share of it.</summary>
    /// <param name="shard">The shard that would be run.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <inheritdoc cref="Run" path="/exception"/>
    public ExperimentPlan PlanShard(Shard shard, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shard);
        using var prepared = PreparedExperiment.Open(Options, cancellation: cancellation);
        return new ExperimentPlan([.. PlanLines.Of(prepared, cancellation).Lines, ShardRun.Line(prepared, shard)]);
    }

    /// <summary>Says what every condition cuts in the model, and the shortest ways that it leaves open from outside a region to it and to the answer.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public ExperimentPlan InspectConditions()
    {
        using var prepared = PreparedExperiment.Open(Options);
        return new ExperimentPlan([.. ConditionLines.Of(prepared)]);
    }

    /// <summary>
    /// Writes a page that shows rows, evenly spread over all: the picture with its region and the tokens that stand for it, the question, the right answer.
    /// No forward is run.
    /// </summary>
    /// <param name="path">The HTML file; one of that name is replaced.</param>
    /// <param name="rows">How many rows, where there are so many.</param>
    /// <inheritdoc cref="Run" path="/exception"/>
    public void WriteDatasetSheet(string path, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        using var prepared = PreparedExperiment.Open(Options);
        SheetWriter.Write(path, DatasetSheet.Of(prepared, rows));
    }

    /// <summary>Writes a page that shows for one row between which tokens every condition cuts. No forward is run.</summary>
    /// <param name="path">The HTML file; one of that name is replaced.</param>
    /// <param name="rowId">The row; null: the first.</param>
    /// <inheritdoc cref="Run" path="/exception"/>
    public void WriteTokenSheet(string path, string? rowId = null)
    {
        using var prepared = PreparedExperiment.Open(Options);
        SheetWriter.Write(path, TokenSheet.Of(prepared, rowId));
    }

    /// <summary>Runs it, and writes the report to <see cref="ExperimentOptions.Output"/>. What an earlier run of the same experiment has finished is kept.</summary>
    /// <param name="progress">Is told how far the run is.</param>
    /// <param name="cancellation">Stops the run; finished chunks of features stay.</param>
    /// <exception cref="ExperimentException">The experiment does not fit model or dataset, or another run is writing to the output folder.</exception>
    /// <exception cref="Features.FeatureStoreException">The features in the output folder were made from something else.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public ExperimentOutcome Run(IProgress<RunProgress>? progress = null, CancellationToken cancellation = default) =>
        Recorded("run", progress, run => run.Whole(cancellation), cancellation);

    /// <summary>
    /// Does one shard's share, in a folder of its own in <see cref="ExperimentOptions.Output"/>: of the features, and once these are joined of the probes. The same
    /// call goes on where an earlier one was stopped.
    /// </summary>
    /// <param name="shard">Which of how many.</param>
    /// <param name="progress">Is told how far the shard is.</param>
    /// <param name="cancellation">Stops it; finished chunks and probes stay.</param>
    /// <inheritdoc cref="Run" path="/exception"/>
    public ShardOutcome RunShard(Shard shard, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return Recorded($"shard {shard}", progress, run => run.OneShard(shard, cancellation), cancellation);
    }

    /// <summary>Joins the features that shards have made. Where conditions need something fitted on all of them, it is fitted.</summary>
    /// <param name="from">Folders of shards that lie elsewhere, which are copied from; those in <see cref="ExperimentOptions.Output"/> are moved.</param>
    /// <param name="progress">Is told how far the fitting is.</param>
    /// <param name="cancellation">Stops it; what is joined stays.</param>
    /// <exception cref="ExperimentException">Features are missing, or a shard is still running.</exception>
    /// <inheritdoc cref="Run" path="/exception"/>
    public JoinOutcome JoinShards(IReadOnlyList<string> from, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default) =>
        Recorded("join", progress, run => run.Join(from, cancellation), cancellation);

    /// <summary>
    /// Joins what shards have made, trains the probes that none of them has trained, and writes the report: the same as of a run on one machine, to the byte. The
    /// shards' folders in <see cref="ExperimentOptions.Output"/> are gone afterwards.
    /// </summary>
    /// <param name="from">Folders of shards that lie elsewhere, which are copied from.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Stops it; what is joined stays.</param>
    /// <inheritdoc cref="JoinShards" path="/exception"/>
    public ExperimentOutcome Merge(IReadOnlyList<string> from, IProgress<RunProgress>? progress = null, CancellationToken cancellation = default) =>
        Recorded("merge", progress, run => run.Merge(from, cancellation), cancellation);

    private T Recorded<T>(string task, IProgress<RunProgress>? progress, Func<ExperimentRun, T> work, CancellationToken cancellation)
    {
        using var activity = RunTelemetry.Begin("run", ("experiment", Options.ShownName), ("task", task));
        using var prepared = PreparedExperiment.Open(Options, progress, _log, cancellation);
        return RecordedRun.Do(prepared, task, () => work(new ExperimentRun(prepared, _command, progress)));
    }
}
