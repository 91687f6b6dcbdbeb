using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>Everything that an experiment found: what <c>results.json</c> holds and what the report is made from. Accuracies are shares, 0 to 1.</summary>
public sealed record ExperimentResults
{
    /// <summary>The version of this form that the program writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of this form; it changes when a property's meaning does.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The experiment's name, by default that of its file.</summary>
    public required string Name { get; init; }

    /// <summary>What a reader must know about the figures, in the words of the experiment file; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>Rows that were used: questions about one region of one picture each.</summary>
    public required int Rows { get; init; }

    /// <summary>Pictures that the rows are about.</summary>
    public required int Images { get; init; }

    /// <summary>What was taken of the dataset, class by class; empty in results of earlier versions.</summary>
    public ImmutableArray<TakenClass> Taken { get; init; } = [];

    /// <summary>How the rows were split, by picture.</summary>
    public required SplitSummary Split { get; init; }

    /// <summary>The classes of the probes' target, in the order of their indices.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>What fitted the probes; null where none were trained, and in results of earlier versions.</summary>
    public string? Trainer { get; init; }

    /// <summary>Whether the probes that validation rows chose were fitted again on training and validation rows together before they were tested.</summary>
    public bool Refit { get; init; }

    /// <summary>What somebody reaches who sees less than the states.</summary>
    public required Baselines Baselines { get; init; }

    /// <summary>What was found under every condition, in the order of the experiment file; the first is the one that the others are compared with.</summary>
    public required OrderedDictionary<string, ConditionResults> Conditions { get; init; }

    /// <summary>The model's answers without the picture, on the same rows; null where they were not asked for.</summary>
    public AnswerResult? BlindAnswer { get; init; }

    /// <summary>Where every row has choices of its own: the share of right answers that guessing evenly among them is expected to have on test rows. Else null: it is one in the number of choices.</summary>
    public double? GuessedAnswers { get; init; }

    /// <summary>Blocks in sliding windows of layers.</summary>
    public ImmutableArray<LayerSweepResult> Sweeps { get; init; } = [];

    /// <summary>Differences between conditions on the same test rows.</summary>
    public ImmutableArray<Comparison> Comparisons { get; init; } = [];

    /// <summary>Differences of the answers between conditions of which the one cuts all that the other cuts, and more: what the additional cut does.</summary>
    public ImmutableArray<Comparison> Additions { get; init; } = [];

    /// <summary>Probes of one condition on the states of another; null where there is one condition alone, or no probe.</summary>
    public CrossCondition? CrossCondition { get; init; }

    /// <summary>What probes find after the target was erased, by condition and site; empty where it was not asked for.</summary>
    public ImmutableArray<ErasureResult> Erasures { get; init; } = [];

    /// <summary>Directions of the target, written beside the results; empty where they were not asked for.</summary>
    public ImmutableArray<DirectionResult> Directions { get; init; } = [];

    /// <summary>Predictions against labels on the test rows, at the best site of every condition.</summary>
    public ImmutableArray<Confusion> Confusions { get; init; } = [];

    /// <summary>A few test rows to look at.</summary>
    public ImmutableArray<SampleRow> Samples { get; init; } = [];

    /// <summary>What a probe reads at every patch of those rows' pictures; null where no maps were asked for.</summary>
    public SampleMaps? SampleMaps { get; init; }

    /// <summary>Rows that could not be used.</summary>
    public ImmutableArray<DroppedRow> Dropped { get; init; } = [];

    /// <summary>What the task's figures cannot say by themselves, such as classes that a part of the split lacks: sentences.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Numbers that are read from the same states; none where none were asked for.</summary>
    public ImmutableArray<NumericTargetResult> NumericTargets { get; init; } = [];

    /// <summary>Sets of labels that are read from the same states; none where none were asked for.</summary>
    public ImmutableArray<LabelSetResult> LabelSets { get; init; } = [];

    /// <summary>The probes that were written beside these results; null where none were.</summary>
    public SavedProbesSummary? SavedProbes { get; init; }

    /// <summary>How the regions came to lie on the model's tokens.</summary>
    public required RegionSummary Regions { get; init; }

    /// <summary>What it takes to repeat the run.</summary>
    public required Provenance Provenance { get; init; }
}
