namespace ProbePipeline.Options;

/// <summary>Which pictures train, choose and test: a picture goes to one part with all its rows. What is neither train nor validation is test.</summary>
public sealed record SplitOptions
{
    /// <summary>The order in which pictures are dealt out.</summary>
    public SplitOrder Order { get; init; } = SplitOrder.Index;

    /// <summary>Seed of the random order.</summary>
    public long Seed { get; init; }

    /// <summary>Share of pictures to train on.</summary>
    public double Train { get; init; } = 0.6;

    /// <summary>Share of pictures to choose penalty and layer on.</summary>
    public double Validation { get; init; } = 0.2;

    /// <summary>Number of folds, each of which tests other pictures; 1: one split. With more, <see cref="Train"/> counts for nothing: what a fold neither tests nor chooses on trains.</summary>
    public int Folds { get; init; } = 1;

    /// <summary>Number of splits, with seeds from <see cref="Seed"/> on; the first gives every figure, the others the mean and standard deviation beside it.</summary>
    public int Repeats { get; init; } = 1;
}
