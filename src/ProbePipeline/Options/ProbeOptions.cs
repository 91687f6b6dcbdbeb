using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>The linear probes that are trained at every site.</summary>
public sealed record ProbeOptions
{
    /// <summary>The target where none is named.</summary>
    public const string DefaultTarget = "part";

    /// <summary>The field of a row whose classes are predicted.</summary>
    public string Target { get; init; } = DefaultTarget;

    /// <summary>What trains them.</summary>
    public TrainerKind Trainer { get; init; } = TrainerKind.Auto;

    /// <summary>How far above its minimum the objective of a probe may end.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>The L2 weights on the mean loss to choose from by validation accuracy, ascending.</summary>
    public ImmutableArray<double> L2 { get; init; } = [1e-4, 1e-3, 1e-2, 1e-1];

    /// <summary>Which rows train, choose and test.</summary>
    public SplitOptions Split { get; init; } = new();

    /// <summary>Whether the chosen probe is fitted again on training and validation rows together before it is tested.</summary>
    public bool Refit { get; init; }

    /// <summary>Accuracy by training size; null: none.</summary>
    public LearningCurveOptions? LearningCurve { get; init; }

    /// <summary>The online code length; null: none.</summary>
    public CodeLengthOptions? CodeLength { get; init; }

    /// <summary>The control task; null: none.</summary>
    public ControlOptions? Control { get; init; }

    /// <summary>How intervals are found.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    /// <summary>What else is read from the same states.</summary>
    public TargetOptions Targets { get; init; } = new();

    /// <summary>What probes are held against.</summary>
    public BaselineOptions Baselines { get; init; } = new();

    /// <summary>How conditions are held against each other.</summary>
    public CrossConditionOptions CrossCondition { get; init; } = new();

    /// <summary>The check by erasing the target; null: none.</summary>
    public ErasureOptions? Erasure { get; init; }

    /// <summary>The directions that are written; null: none.</summary>
    public DirectionOptions? Directions { get; init; }

    /// <summary>Whether the probes are written to the output folder, so that they can be applied to other pictures.</summary>
    public bool Save { get; init; } = true;

    /// <summary>Whether the report shows what the best probe of the first condition reads at every patch of the sample rows' pictures.</summary>
    public bool Maps { get; init; }
}
