using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>How well a ridge regression reads a number from the states of a site.</summary>
public sealed record NumericTargetResult
{
    /// <summary>What the number is.</summary>
    public required string Target { get; init; }

    /// <summary>The condition.</summary>
    public required string Condition { get; init; }

    /// <summary>The site.</summary>
    public required string Site { get; init; }

    /// <summary>The penalty with the best validation R²; of equals the larger; of several folds that of the most.</summary>
    public required double L2 { get; init; }

    /// <summary>R² on validation rows; of several folds the mean.</summary>
    public required double ValidationR2 { get; init; }

    /// <summary>Share of the test rows' variance that the predictions explain: 1 is all, 0 is what their mean explains, less than 0 is worse.</summary>
    public required double R2 { get; init; }

    /// <summary>Lower end of the interval of <see cref="R2"/>.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the interval of <see cref="R2"/>.</summary>
    public required double High { get; init; }

    /// <summary>Mean absolute error on test rows, in the number's unit.</summary>
    public required double MeanAbsoluteError { get; init; }

    /// <summary>Spearman's rank correlation of numbers and predictions on test rows; null where all predictions are the same.</summary>
    public double? Spearman { get; init; }

    /// <summary>Test R² at every penalty, ascending.</summary>
    public ImmutableArray<double> Sweep { get; init; } = [];
}
