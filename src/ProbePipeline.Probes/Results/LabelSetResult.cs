using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>How well probes read a set of labels from the states of a site: a logistic regression a label.</summary>
public sealed record LabelSetResult
{
    /// <summary>What the labels are.</summary>
    public required string Target { get; init; }

    /// <summary>The condition.</summary>
    public required string Condition { get; init; }

    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>The penalty with the least mean log loss on validation rows, one for all labels; of equals the larger; of several folds that of the most.</summary>
    public required double L2 { get; init; }

    /// <summary>Mean over the labels of F1 on test rows.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>Lower end of the interval of <see cref="MacroF1"/>.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the interval of <see cref="MacroF1"/>.</summary>
    public required double High { get; init; }

    /// <summary>F1 over all labels together.</summary>
    public required double MicroF1 { get; init; }

    /// <summary>Share of test rows whose labels are all right.</summary>
    public required double ExactMatch { get; init; }

    /// <summary>Macro F1 of always saying what most training rows have, label by label.</summary>
    public required double MajorityMacroF1 { get; init; }

    /// <summary>Label by label.</summary>
    public required ImmutableArray<LabelResult> Labels { get; init; }

    /// <summary>Labels that all or none of the training or test rows have: nothing is said about them.</summary>
    public ImmutableArray<string> LeftOut { get; init; } = [];
}
