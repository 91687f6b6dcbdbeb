using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>The keys of <c>probe</c> that say how the states of conditions lie to each other, and where the target lies in them.</summary>
internal static class GeometryKeys
{
    private const string DefaultSites = "the first condition's best site, the last of the vision tower and of the decoder";

    private static readonly SectionForm<CrossConditionOptions> CrossConditionSection = new(
        () => new CrossConditionOptions(),
        new OptionalListKey<CrossConditionOptions, SitePattern>(
            "matrixSites", "Where probes of every condition read the states of every other; elsewhere only those of the first do. Written as in `capture.sites`, which has to name them too.",
            new ListForm<SitePattern>(CaptureKeys.Site), options => options.MatrixSites, (options, sites) => options with { MatrixSites = sites })
        { DefaultInWords = DefaultSites },
        new Key<CrossConditionOptions, bool>(
            "similarity", "Whether cosine and linear CKA between the first condition's states and every other's are computed.",
            new ChoiceForm<bool>(("true", true), ("false", false)), options => options.Similarity, (options, similarity) => options with { Similarity = similarity }));

    private static readonly SectionForm<ErasureOptions> ErasureSection = new(
        () => new ErasureOptions(),
        new OptionalKey<ErasureOptions, string>(
            "other", "Another field of a row, read before and after, to see what the erasure leaves of it. Left out: none. Never the target itself.",
            ExperimentKeys.Field, options => options.Other, (options, other) => options with { Other = other }));

    private static readonly SectionForm<DirectionOptions> DirectionSection = new(
        () => new DirectionOptions(),
        new OptionalListKey<DirectionOptions, SitePattern>(
            "sites", "The sites. Written as in `capture.sites`, which has to name them too.",
            new ListForm<SitePattern>(CaptureKeys.Site), options => options.Sites, (options, sites) => options with { Sites = sites })
        { DefaultInWords = "those of the transfer matrix" },
        new Key<DirectionOptions, int>(
            "iterations", "How many probes at most have the directions that they read taken away (iterative nullspace projection).",
            new NumberForm<int>("a whole number from 1 to 100", 1, 100), options => options.Iterations, (options, iterations) => options with { Iterations = iterations }));

    public static Key<ProbeOptions> CrossCondition { get; } = new Key<ProbeOptions, CrossConditionOptions>(
        "crossCondition", "Probes of one condition on the states of another, and how alike the states are.",
        CrossConditionSection, options => options.CrossCondition, (options, cross) => options with { CrossCondition = cross });

    public static Key<ProbeOptions> Erasure { get; } = new OptionalKey<ProbeOptions, ErasureOptions>(
        "erasure", "Erases the target from the states of every site (LEACE) and trains a new probe: whether the first one read what it claims. `{}` is enough. Left out: no check.",
        ErasureSection, options => options.Erasure, (options, erasure) => options with { Erasure = erasure });

    public static Key<ProbeOptions> Directions { get; } = new OptionalKey<ProbeOptions, DirectionOptions>(
        "directions", "Writes directions of the target to `directions/` beside the report: class means, what LEACE erases, what probes read one after the other. Left out: none.",
        DirectionSection, options => options.Directions, (options, directions) => options with { Directions = directions });
}
