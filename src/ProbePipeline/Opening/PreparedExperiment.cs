using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProbePipeline.Analysis;
using ProbePipeline.Capture;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Inputs.Datasets.Selection;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Rows;
using ProbePipeline.Telemetry;

namespace ProbePipeline.Opening;

/// <summary>An experiment with everything opened and checked that it needs, so that what is wrong is said before the first forward.</summary>
internal sealed class PreparedExperiment : IDisposable
{
    private PreparedExperiment(ExperimentOptions options, ProbedModel model, CancellationToken cancellation)
    {
        Options = options;
        Model = model;
        ModelRules.Require(options, model);
        Dataset = new SelectedDataset(options.Dataset.Open(), options.Dataset.Select, options.Target, options.Dataset.Images);
        Rows = ExperimentRows.Of(Dataset, model, options.Target, options.Answer, Template, cancellation);
        Rows.RequireFewDropped(options.MaximumDropped, Rows.Rows.IsEmpty ? Dataset.Taken : []);
        var captures = options.Capture.Resolve(model.Network);
        States = new HiddenStateOptions { Captures = captures };
        Task = TaskWithout(ImmutableHashSet<int>.Empty);
        Choices = Words(options.Answer?.Choices, "answer.choices");
        LensLabels = Words(options.Lens?.Labels, "lens.labels");
        Sweeps = [.. options.Sweeps.Select(sweep => LayerSweep.Of(sweep, model.Network))];
        Stages = new ConditionStages([.. options.Conditions, .. Sweeps.SelectMany(sweep => sweep.Windows).Select(window => window.Condition)]);
        States = States with { Conditions = Stages.First };
        ChosenBatchSize = options.Capture.BatchSize == BatchSizes.Automatic ? BatchSizeChoice.Of(this) : null;
        States = States with { BatchSize = ChosenBatchSize?.Rows ?? options.Capture.BatchSize };
        Targets = TargetsAmong(Rows.Rows);
        MatrixSites = SiteChoice.Of("probe.crossCondition.matrixSites", options.Probe?.CrossCondition.MatrixSites ?? [], States);
        Donors = options.Conditions.Any(condition => condition.MixesRows) ? DrawDonors() : ImmutableDictionary<string, ExperimentRow>.Empty;
        ErasureOther = OtherErased();
        DirectionSites = SiteChoice.Of("probe.directions.sites", options.Probe?.Directions?.Sites ?? [], States);
    }

    public ExperimentOptions Options { get; }

    public ProbedModel Model { get; private set; }

    public SelectedDataset Dataset { get; }

    public ExperimentRows Rows { get; private set; }

    public ProbeTask Task { get; private set; }

    public HiddenStateOptions States { get; }

    /// <summary>How the size of batches was chosen; null: the options say it.</summary>
    public BatchSizeNote? ChosenBatchSize { get; }

    /// <summary>Where the run is logged.</summary>
    public ILogger Log { get; private init; } = NullLogger.Instance;

    /// <summary>Is told what the user should know at once.</summary>
    public Action<string> Notice { get; private init; } = _ => { };

    /// <summary>What else is read from the states.</summary>
    public OtherTargets Targets { get; private set; }

    /// <summary>Where probes of every condition read every other; none: where the first condition's probes say.</summary>
    public ImmutableArray<string> MatrixSites { get; }

    /// <summary>The field that is read beside the erased target; null: none.</summary>
    public (string Field, LabeledRows Rows)? ErasureOther { get; private set; }

    /// <summary>Where directions are found; none: where conditions are held against each other.</summary>
    public ImmutableArray<string> DirectionSites { get; }

    public ImmutableArray<LayerSweep> Sweeps { get; }

    /// <summary>By a row's id the row of another picture that patches take states from; empty where none does.</summary>
    public ImmutableDictionary<string, ExperimentRow> Donors { get; }

    /// <summary>All conditions, swept ones last.</summary>
    public ConditionStages Stages { get; }

    /// <summary>The answers to choose from; none where the model is asked nothing.</summary>
    public ImmutableArray<string> Choices { get; }

    /// <summary>For every row which of <see cref="Choices"/> are its own; none where all are.</summary>
    public ImmutableArray<ImmutableHashSet<int>> OwnChoices => Options.Answer?.Choices is { Column: not null } words
        ? [.. Rows.Rows.Select(row => words.OfRow(row.Part.Attributes).Select(word => Choices.IndexOf(word)).ToImmutableHashSet())]
        : [];

    private ImmutableArray<string> LensLabels { get; }

    /// <summary>How the model is asked.</summary>
    public ChatTemplate Template => Options.Answer?.Template is var template && Model.ReadsPictures ? template ?? ChatTemplate.Plain : (template ?? ChatTemplate.Plain).WithoutPicture();

    /// <summary>What runs the network over the rows.</summary>
    public FeatureExtraction Extraction => new(
        Model,
        Stages.Names,
        States,
        Scored,
        LensLabels.IsEmpty ? null : new Capture.LensOptions { Conditions = States.Conditions, Labels = LensLabels, PromptEnd = Template.End, BatchSize = States.BatchSize },
        Options.Capture.ChunkPictures)
    {
        Donors = Donors,
        ChosenBatchSize = ChosenBatchSize,
        Notice = Notice,
        Log = Log,
        StopsWhereNotFinite = Options.Capture.NotFinite == NotFinite.Stop,
        Generation = Options.Answer is { Generate: > 0 and var tokens } ? new GeneratedAnswerOptions { MaxNewTokens = tokens, BatchSize = States.BatchSize } : null,
    };

    /// <summary>How answers are scored; null where the model is asked nothing.</summary>
    public Capture.AnswerOptions? Scored =>
        Choices.IsEmpty ? null : new() { Conditions = States.Conditions, Choices = Choices, PromptEnd = Template.End, BatchSize = States.BatchSize };

    public string FeatureFolder => FeaturesIn(Options.Output);

    /// <summary>The folder of features in an output folder.</summary>
    public static string FeaturesIn(string output) => Path.Combine(output, "features");

    /// <param name="options">The experiment.</param>
    /// <param name="progress">Told how far a download of the model is.</param>
    /// <param name="log">Where the run is logged; null: nowhere.</param>
    /// <param name="cancellation">Stops a download, or reading pictures.</param>
    public static PreparedExperiment Open(ExperimentOptions options, IProgress<RunProgress>? progress = null, ILogger? log = null, CancellationToken cancellation = default)
    {
        using var activity = RunTelemetry.Begin("open", ("model", Redaction.Of(options.Model)));
        var folder = ModelFolder.Of(options.Model, progress, cancellation);
        var model = Load(options, folder, randomSeed: null);
        try
        {
            // A language model by itself is asked the bare question.
            return new PreparedExperiment(
                options.Answer is { Template: null } answer ? options with { Answer = answer with { Template = model is { ReadsPictures: true, ReadsText: true } ? CheckpointTemplate.Read(folder) : ChatTemplate.Plain } } : options, model, cancellation)
            {
                Log = log ?? NullLogger.Instance,
                Notice = text =>
                {
                    progress?.Report(new RunProgress("notice", 0, 0, "") { Notice = text });
                    log?.Noticed(Redaction.Of(text));
                },
            };
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>The same experiment without some of its rows, which count as dropped. The model stays this one's: what is returned is not disposed.</summary>
    /// <param name="rows">By place the reason.</param>
    /// <exception cref="ExperimentException">More rows are dropped than may be.</exception>
    /// <exception cref="ProbeException">What is left is no task.</exception>
    public PreparedExperiment Without(IReadOnlyDictionary<int, string> rows)
    {
        var less = (PreparedExperiment)MemberwiseClone();
        less.Rows = Rows.Without(rows);
        less.Rows.RequireFewDropped(Options.MaximumDropped, []);
        less.Task = TaskWithout(rows.Keys.ToHashSet());
        less.Targets = less.TargetsAmong(Rows.Rows);
        less.ErasureOther = less.OtherErased();
        return less;
    }

    /// <summary>The shortest ways that blocks leave. They depend on where blocks cut, hardly on the row: the first stands for all.</summary>
    public ImmutableArray<RemainingPath> RemainingPaths(ImmutableArray<AttentionBlock> blocks) =>
        Model.Network.RemainingPaths(Model.Read(Rows.Rows[0].Picture, Rows.Rows[0].Region, Rows.Rows[0].Prompt), blocks);

    /// <summary>Runs the same architecture with random weights. The model's own leave memory meanwhile and are loaded again after it.</summary>
    /// <param name="seed">The seed of its weights.</param>
    /// <param name="run">What is done with it; it is gone afterwards.</param>
    public void RunUntrained(long seed, Action<ProbedModel> run)
    {
        var folder = Model.Folder;
        Model.Dispose();
        using (var untrained = Load(Options, folder, seed))
        {
            run(untrained);
        }

        var memory = Model.Memory;
        Model = Load(Options, folder, randomSeed: null);
        (Model.Memory.MaximumRows, Model.Memory.OnHalved) = (memory.MaximumRows, memory.OnHalved);
    }

    public void Dispose() => Model.Dispose();

    private static ProbedModel Load(ExperimentOptions options, string folder, long? randomSeed) => ProbedModel.Load(
        folder,
        NetworkOptions.Of(options.Capture.Device, options.Capture.Type) with { RandomSeed = randomSeed },
        new RegionMapper { Threshold = options.Regions.Threshold, Tiles = options.Regions.Tiles });

    private ProbeTask TaskWithout(IReadOnlySet<int> rows) =>
        ProbeTask.Of(Options, Dataset, Rows.Rows, States.Captures.Max(capture => Model.Network.WidthOf(capture.Site)), rows);

    // What a picture shows does not depend on the rows that are used.
    private OtherTargets TargetsAmong(ImmutableArray<ExperimentRow> pictured) => OtherTargets.Of(Options.Probe?.Targets ?? new TargetOptions(), Task.Rows, Rows.Rows, pictured);

    private (string Field, LabeledRows Rows)? OtherErased() => Options.Probe?.Erasure?.Other is { } field ? (field, ErasureAnalysis.RowsOf(field, Task.Rows, Rows.Rows)) : null;

    private ImmutableDictionary<string, ExperimentRow> DrawDonors() => DonorRows.Draw(Task.Rows.Split, [.. Rows.Rows.Select(row => row.Image)], Options.Capture.DonorSeed, [.. Rows.Rows.Select(row => row.Asked)])
        .Index().ToImmutableDictionary(row => Rows.Rows[row.Index].Id, row => Rows.Rows[row.Item]);

    // Where a class has no word, no answer about it could be right.
    private ImmutableArray<string> Words(LabelWords? words, string key)
    {
        var found = words?.Column is not null
            // The network scores what any row lists; which of them a row may choose from is looked at afterwards.
            ? [.. Rows.Rows.SelectMany(row => words.OfRow(row.Part.Attributes)).Distinct().Order(StringComparer.Ordinal)]
            : words?.Resolve(Dataset.Attributes.Single(attribute => attribute.Name == Options.Target).Values) ?? [];
        string[] missing = words is null ? [] : [.. Task.Rows.Classes.Except(found)];
        return missing.Length == 0
            ? found
            : throw new ExperimentException($"{key}: expected every class of the target {Options.Target}; {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} missing in {words}");
    }
}
