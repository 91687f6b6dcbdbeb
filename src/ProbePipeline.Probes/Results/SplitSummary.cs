namespace ProbePipeline.Probes.Results;

/// <summary>Rows and pictures of the three parts; every picture lies in one of them, with all its rows. Of several folds: training and validation of the first, and all that is tested.</summary>
/// <param name="Train">What probes are fitted on.</param>
/// <param name="Validation">What penalty and layer are chosen on.</param>
/// <param name="Test">What figures are of.</param>
public sealed record SplitSummary(SplitPart Train, SplitPart Validation, SplitPart Test)
{
    /// <summary>Number of folds, each of which tests other pictures; 1: one split.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>Number of splits whose accuracies are summed up beside the figures of the first.</summary>
    public int Repeats { get; init; } = 1;
}
