using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Rows;
using ProbePipeline.Telemetry;

namespace ProbePipeline.Extraction;

/// <summary>Runs the network over the rows, chunk after chunk, and keeps what it gives. What is finished is not computed again.</summary>
/// <param name="Model">The model.</param>
/// <param name="Conditions">The names of all conditions, in the order of the store.</param>
/// <param name="States">Which states to keep.</param>
/// <param name="Answers">Which answers to score; null: none.</param>
/// <param name="Lens">What to look up with the logit lens; null: nothing.</param>
/// <param name="PicturesPerChunk">Pictures a chunk.</param>
internal sealed record FeatureExtraction(ProbedModel Model, ImmutableArray<string> Conditions, HiddenStateOptions States, AnswerOptions? Answers, LensOptions? Lens, int PicturesPerChunk)
{
    private static readonly string[] Attributes = ["Label", "Question"];

    private readonly MLContext _ml = new();

    /// <summary>Which answers the model writes itself; null: none.</summary>
    public GeneratedAnswerOptions? Generation { get; init; }

    /// <summary>How the size of batches was chosen, where the options leave it open; null: they say it.</summary>
    public BatchSizeNote? ChosenBatchSize { get; init; }

    /// <summary>Is told what the user should know at once.</summary>
    public Action<string> Notice { get; init; } = _ => { };

    /// <summary>What its forwards are called where they are logged.</summary>
    public string Stage { get; init; } = "forwards";

    /// <summary>Where finished chunks are logged.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Whether a chunk with a state that is NaN or infinite stops the run, rather than being stored.</summary>
    public bool StopsWhereNotFinite { get; init; }

    /// <summary>Whether a chunk is this run's to compute under a condition; by default all are.</summary>
    public Func<int, string, bool> Takes { get; init; } = (_, _) => true;

    /// <summary>By a row's id the other row that patches take states from; empty where none does.</summary>
    public IReadOnlyDictionary<string, ExperimentRow> Donors { get; init; } = ImmutableDictionary<string, ExperimentRow>.Empty;

    /// <summary>The store that a run over these rows fills.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="inputs">What the features depend on beside them.</param>
    /// <exception cref="FeatureStoreException">The store there was made from something else.</exception>
    public FeatureStore Begin(string folder, ImmutableArray<ExperimentRow> rows, OrderedDictionary<string, string> inputs)
    {
        var manifest = new FeatureManifest
        {
            Inputs = inputs,
            Conditions = Conditions,
            Columns = Columns(rows),
            AttributeNames = [.. Attributes],
            BatchSizes = ChosenBatchSize is { } chosen ? [chosen] : null,
            ChunkRows = [.. ChunkPlan.Of(rows, PicturesPerChunk).Select(chunk => chunk.Length)],
        };
        return FeatureStore.Begin(folder, manifest, [.. rows.Select(row => new FeatureRow(row.Id, row.Image, [row.Label, row.Question]))]);
    }

    /// <summary>The columns of every condition.</summary>
    public ImmutableArray<FeatureColumn> Columns(ImmutableArray<ExperimentRow> rows) =>
        ConditionReader.Columns(Pipeline(States.Conditions).Fit(Rows(rows)).GetOutputSchema(Rows(rows).Schema), States.Conditions[0].Name);

    /// <summary>The columns of a store that hold states.</summary>
    public ImmutableArray<FeatureColumn> StatesOf(FeatureManifest manifest) => [.. States.Captures.Select(capture => manifest.Column(States.PartOf(capture)))];

    /// <summary>Rows as the transforms read them.</summary>
    public IDataView Rows(IEnumerable<ExperimentRow> rows) => Donors.Count == 0
        ? _ml.Data.LoadFromEnumerable(rows)
        : _ml.Data.LoadFromEnumerable(rows.Select(row => new RowWithDonor(row, Donors[row.Id])));

    /// <summary>Rows with the network's columns under some conditions; reading one runs it.</summary>
    public IDataView Fill(IEnumerable<ExperimentRow> rows, ImmutableArray<CaptureCondition> conditions)
    {
        var input = Rows(rows);
        return Pipeline(conditions).Fit(input).Transform(input);
    }

    /// <summary>Computes what the store lacks.</summary>
    /// <param name="store">The store.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="conditions">The conditions to compute.</param>
    /// <param name="progress">Is told how many rows of the chunks that this run takes are finished and written under all of them.</param>
    /// <param name="cancellation">Stops between rows; the chunk in hand is dropped.</param>
    /// <exception cref="CaptureException">A state is not finite, and that stops the run.</exception>
    public void Run(FeatureStore store, ImmutableArray<ExperimentRow> rows, ImmutableArray<CaptureCondition> conditions, Action<int> progress, CancellationToken cancellation)
    {
        RecordMemory(store);
        var taken = CountTaken(rows, conditions);
        using var activity = RunTelemetry.Begin(Stage, ("rows", taken));
        var all = store.Manifest.ChunkRows.Length * conditions.Length;
        Log.StageBegins(Stage, taken, all - store.CountMissing(conditions.Select(condition => condition.Name)), all);
        using var run = new ChunkRun(this, store, Taken(rows, conditions), conditions, progress, cancellation);
        run.Run();
    }

    /// <summary>How many rows this run takes under some conditions.</summary>
    public int CountTaken(ImmutableArray<ExperimentRow> rows, ImmutableArray<CaptureCondition> conditions) => Taken(rows, conditions).Sum(chunk => chunk.Rows.Length);

    private ImmutableArray<(int Number, ImmutableArray<ExperimentRow> Rows)> Taken(ImmutableArray<ExperimentRow> rows, ImmutableArray<CaptureCondition> conditions) =>
        [.. ChunkPlan.Of(rows, PicturesPerChunk).Index().Where(chunk => conditions.Any(condition => Takes(chunk.Index, condition.Name)))];

    /// <summary>Lets the model go on with the rows that fitted before, and the store remember when memory runs out.</summary>
    private void RecordMemory(FeatureStore store)
    {
        Model.Memory.MaximumRows = store.Manifest.BatchSizes?.Where(note => !note.IsChosen).MinBy(note => note.Rows)?.Rows;
        Model.Memory.OnHalved = halving =>
        {
            store.Note(new BatchSizeNote(halving.To, $"{halving}", IsChosen: false));
            Notice($"{halving}");
        };
    }

    private EstimatorChain<NetworkTransformer> Pipeline(ImmutableArray<CaptureCondition> conditions)
    {
        var chain = new EstimatorChain<NetworkTransformer>().Append(_ml.Transforms.CaptureHiddenStates(Model, States with { Conditions = conditions }));
        chain = Answers is null ? chain : chain.Append(_ml.Transforms.ScoreAnswers(Model, Answers with { Conditions = conditions }));
        chain = Generation is null ? chain : chain.Append(_ml.Transforms.GenerateAnswers(Model, Generation with { Conditions = conditions }));
        return Lens is null ? chain : chain.Append(_ml.Transforms.LensRank(Model, Lens with { Conditions = conditions }));
    }
}
