using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>The keys of <c>probe.targets</c>.</summary>
internal static class TargetKeys
{
    private static readonly SectionForm<TargetOptions> Section = new(
        () => new TargetOptions(),
        new OptionalListKey<TargetOptions, string>(
            "numeric", "Numbers to read by ridge regression: `region.area` (share of the picture's pixels), `region.x`, `region.y` (the region's centre, from 0 at the left or top to 1), or a field whose values are all numbers.",
            new ListForm<string>(new WordForm("region.area, region.x, region.y or a field of numbers", @"region\.(area|x|y)|[A-Za-z_][A-Za-z0-9_]*")),
            options => options.Numeric, (options, numeric) => options with { Numeric = numeric })
        { DefaultInWords = "none" },
        new OptionalListKey<TargetOptions, string>(
            "labels", "Fields whose values at all parts of the row's picture are read as a set of labels (multi-label), by a logistic regression a label.",
            new ListForm<string>(ExperimentKeys.Field), options => options.Labels, (options, labels) => options with { Labels = labels })
        { DefaultInWords = "none" });

    public static Key<ProbeOptions> Targets { get; } = new Key<ProbeOptions, TargetOptions>(
        "targets", "What else is read from the same states, on the same splits and penalties, beside the classes of `target`.",
        Section, options => options.Targets, (options, targets) => options with { Targets = targets });
}
