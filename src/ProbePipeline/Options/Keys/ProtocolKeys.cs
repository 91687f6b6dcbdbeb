using System.Collections.Immutable;
using ProbePipeline.Options.Forms;
using ProbePipeline.Probes.Protocols;

namespace ProbePipeline.Options.Keys;

/// <summary>The keys of the protocols under <c>probe</c> that go beyond one split.</summary>
internal static class ProtocolKeys
{
    private static readonly ListForm<double> Shares = new(new NumberForm<double>("shares above 0, 1 at most, such as [0.1, 0.5, 1]", 0, 1) { AboveMinimum = true });

    /// <summary>Number of folds of the split.</summary>
    public static Key<SplitOptions, int> Folds { get; } = new(
        "folds", "Number of folds. With more than 1 every picture is tested once, by a probe that has not seen it; classes have about equal shares in every fold. "
            + "Each fold tests one in so many pictures and chooses on the share `validation` of all; the rest trains, and `train` counts for nothing.",
        new NumberForm<int>("a whole number from 1 to 1000", 1, 1000), options => options.Folds, (options, folds) => options with { Folds = folds });

    /// <summary>Number of splits.</summary>
    public static Key<SplitOptions, int> Repeats { get; } = new(
        "repeats", "Number of splits in random order, with seeds from `seed` on. The first gives every figure; all give the mean and standard deviation of accuracies beside it.",
        Count, options => options.Repeats, (options, repeats) => options with { Repeats = repeats });

    /// <summary>Number of control tasks.</summary>
    public static Key<ControlOptions, int> ControlSeeds { get; } = new(
        "seeds", "Number of control tasks, with seeds from `seed` on; control accuracy and selectivity are of their mean.",
        Count, options => options.Seeds, (options, seeds) => options with { Seeds = seeds });

    /// <summary>Whether validation rows join the training rows in the end.</summary>
    public static Key<ProbeOptions, bool> Refit { get; } = new(
        "refit", "Whether the probe that validation rows chose is fitted again on training and validation rows together before it is tested.",
        new ChoiceForm<bool>(("true", true), ("false", false)), options => options.Refit, (options, refit) => options with { Refit = refit });

    /// <summary>Accuracy by training size.</summary>
    public static OptionalKey<ProbeOptions, LearningCurveOptions> LearningCurve { get; } = new(
        "learningCurve", "Test accuracy by training size: probes on growing shares of the training pictures. Left out: none.",
        new SectionForm<LearningCurveOptions>(
            () => new LearningCurveOptions(),
            new Key<LearningCurveOptions, ImmutableArray<double>>(
                "shares", "Shares of the training pictures; each holds the pictures of the smaller ones.",
                Shares, options => options.Shares, (options, shares) => options with { Shares = [.. shares.Order()] }),
            new Key<LearningCurveOptions, long>(
                "seed", "Seed of the order in which pictures join.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed })),
        options => options.LearningCurve, (options, curve) => options with { LearningCurve = curve });

    /// <summary>The online code length.</summary>
    public static OptionalKey<ProbeOptions, CodeLengthOptions> CodeLength { get; } = new(
        "codeLength", "The online code length of the training labels (Voita and Titov 2020), beside that of the control task. Left out: none.",
        new SectionForm<CodeLengthOptions>(
            () => new CodeLengthOptions(),
            new Key<CodeLengthOptions, ImmutableArray<double>>(
                "shares", "Where blocks end, as shares of the training pictures; the last is 1. The default is the paper's.",
                Shares, options => options.Shares, (options, shares) => options with { Shares = [.. shares.Order()] }),
            new Key<CodeLengthOptions, CodeBlocks>(
                "cut", "Where blocks may end: between pictures, or between any two rows.",
                new ChoiceForm<CodeBlocks>(("image", CodeBlocks.Pictures), ("row", CodeBlocks.Rows)), options => options.Cut, (options, cut) => options with { Cut = cut }),
            new Key<CodeLengthOptions, SplitOrder>(
                "order", "The order in which pictures are sent: a seeded shuffle, or the dataset's.",
                ProbeKeys.Orders, options => options.Order, (options, order) => options with { Order = order }),
            new Key<CodeLengthOptions, long>("seed", "Seed of the random order.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed }),
            new Key<CodeLengthOptions, UnseenClasses>(
                "unseen", "What classes that no earlier block has shown cost: by Laplace's rule, the uniform code mixed in with weight K / (n + K) for n rows seen and K classes; "
                    + "or probabilities clipped at 1e-12, which is no code in the strict sense.",
                new ChoiceForm<UnseenClasses>(("laplace", UnseenClasses.Laplace), ("clip", UnseenClasses.Clip)),
                options => options.Unseen, (options, unseen) => options with { Unseen = unseen })),
        options => options.CodeLength, (options, code) => options with { CodeLength = code });

    private static NumberForm<int> Count => new("a whole number from 1 to 100", 1, 100);
}
