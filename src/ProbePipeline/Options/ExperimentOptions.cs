using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>Everything that an experiment file says, with what it leaves out filled in. Values are checked by <see cref="ExperimentFile"/>.</summary>
public sealed record ExperimentOptions
{
    /// <summary>The experiment's name; by default that of its file.</summary>
    public required string Name { get; init; }

    // What is stored and shown is passed on.
    internal string ShownName => Redaction.Of(Name);

    /// <summary>What readers of the report must know about the figures; null: nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The checkpoint folder, whose relative path starts at the current directory; or org/name, or org/name@revision, of the Hugging Face hub.</summary>
    public required string Model { get; init; }

    /// <summary>The pictures and questions.</summary>
    public required DatasetOptions Dataset { get; init; }

    /// <summary>What is cut, condition by condition, in the order of the file; the first is the one that the others are compared with.</summary>
    public required ImmutableArray<ConditionOptions> Conditions { get; init; }

    /// <summary>Blocks in sliding windows of layers; their conditions come after <see cref="Conditions"/>, once the model's depth is known.</summary>
    public ImmutableArray<SweepOptions> Sweeps { get; init; } = [];

    /// <summary>Which states are kept, and how the network runs.</summary>
    public CaptureOptions Capture { get; init; } = new();

    /// <summary>The probes; null: none are trained.</summary>
    public ProbeOptions? Probe { get; init; }

    /// <summary>The question that the model is asked; null: it is asked none, and only sites of the vision tower can be captured.</summary>
    public AnswerOptions? Answer { get; init; }

    /// <summary>The logit lens; null: none.</summary>
    public LensOptions? Lens { get; init; }

    /// <summary>How regions come to lie on tokens.</summary>
    public RegionOptions Regions { get; init; } = new();

    /// <summary>The share of rows that may be dropped before the run stops.</summary>
    public double MaximumDropped { get; init; } = 0.05;

    /// <summary>The folder for report, results and features, by default <c>reports/</c> and the name; a relative path starts at the current directory.</summary>
    public string Output { get => field ?? $"reports/{Name}"; init; }

    /// <summary>The field whose classes are predicted: the probe's target, or its default where no probe is trained.</summary>
    public string Target => Probe?.Target ?? ProbeOptions.DefaultTarget;

    /// <summary>
    /// The canonical text: every key, defaults included, always in the same order and spelling. Reading it gives equal options, so it can stand
    /// in a report and under a hash.
    /// </summary>
    /// <param name="keys">The top-level keys to write, such as those that a stored run depends on; none: all.</param>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public string ToYaml(params IEnumerable<string> keys) => ExperimentFile.Write(this, [.. keys]);

    /// <summary>Two experiments are equal when they are written alike.</summary>
    public bool Equals(ExperimentOptions? other) => other is not null && ToYaml() == other.ToYaml();

    /// <inheritdoc/>
    public override int GetHashCode() => ToYaml().GetHashCode(StringComparison.Ordinal);
}
