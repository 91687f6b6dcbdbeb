using ProbePipeline.Analysis;
using ProbePipeline.Extraction;
using ProbePipeline.Inspection;
using ProbePipeline.Options;
using ProbePipeline.Reports;
using ProbePipeline.Reports.Sheets;

namespace ProbePipeline;

/// <summary>An experiment: pictures and questions go through a network under attention conditions, probes read its states, a report sets both side by side.</summary>
public sealed class Experiment
{
    private readonly string? _command;

    /// <param name="options">What to do; checked as an experiment file is.</param>
    /// <exception cref="ExperimentFileException">The options are not usable.</exception>
    public Experiment(ExperimentOptions options) => Options = ExperimentFile.Validate(options);

    private Experiment(ExperimentOptions options, string command) => (Options, _command) = (options, command);

    /// <summary>What is done, defaults filled in.</summary>
    public ExperimentOptions Options { get; }

    /// <summary>Reads an experiment file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="overrides">Values that take the place of the file's: <c>dataset.images=60</c>.</param>
    /// <exception cref="ExperimentFileException">The file is not usable; the message has a line for every reason.</exception>
    public static Experiment Read(string path, params IReadOnlyList<string> overrides) => new(ExperimentFile.Read(path, overrides), RunCommandLine.Of(path, overrides));

    /// <summary>Says what a run would do and what it costs. Opens the model and maps the regions, but runs no forward and writes nothing.</summary>
    /// <inheritdoc cref="Run" path="/exception"/>
    public ExperimentPlan Plan(CancellationToken cancellation = default)
    {
        using var prepared = PreparedExperiment.Open(Options, progress: null, cancellation);
        return PlanLines.Of(prepared, cancellation);
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
    public ExperimentOutcome Run(IProgress<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var prepared = PreparedExperiment.Open(Options, progress, cancellation);
        using var alone = OutputLock.Take(Options.Output);
        var inputs = RunInputs.Of(prepared, cancellation);
        var (rows, extraction) = (prepared.Rows.Rows, prepared.Extraction);
        var store = extraction.Begin(prepared.FeatureFolder, rows, inputs.ForFeatures);
        extraction.Run(store, rows, prepared.Stages.First, done => progress?.Report(new RunProgress("forwards", done, rows.Length, "rows")), cancellation);
        var first = UsableRows.Of(prepared, store, prepared.Stages.First.Select(condition => condition.Name));
        var erasers = new FittedErasers(first.Experiment, first.Store);
        var means = new FittedMeans(first.Experiment, first.Store);
        means.Fit(done => progress?.Report(new RunProgress("forwards for means", done, first.Experiment.Task.Rows.Split.Train.Length, "rows")), cancellation);
        if (prepared.Stages.Second(erasers.Edit, means.Of) is { IsEmpty: false } second)
        {
            extraction.Run(store, rows, second, done => progress?.Report(new RunProgress("forwards with what was fitted", done, rows.Length, "rows")), cancellation);
        }

        var randomModel = Options.Probe is { Baselines.RandomModel: true }
            ? RandomModelFeatures.Extract(prepared, inputs, done => progress?.Report(new RunProgress("forwards with random weights", done, rows.Length, "rows")), cancellation)
            : null;
        var usable = UsableRows.Of(prepared, store, store.Manifest.Conditions, randomModel);
        var analysis = new ExperimentAnalysis(usable.Experiment, usable.Store, erasers, means) { RandomModel = usable.RandomModel, NotFinite = usable.Kept };
        var results = analysis.Run(
            inputs.Provenance(_command) with { FeaturesHash = store.Hash() }, (stage, done, all) => progress?.Report(new RunProgress(stage, done, all, stage)), cancellation);
        ReportWriter.Write(results, Options.Output);
        return new ExperimentOutcome(results, Path.Combine(Options.Output, "report.html"));
    }
}
