using ProbePipeline.Inputs.Text;
using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>The keys of <c>probe.baselines</c>.</summary>
internal static class BaselineKeys
{
    private static readonly SectionForm<ZeroShotOptions> ZeroShot = new(
        () => new ZeroShotOptions { Model = "" },
        new Key<ZeroShotOptions, string>(
            "model", "A checkpoint of CLIP with both encoders: a folder, or a repository of the Hugging Face hub, `org/name` or `org/name@revision`.",
            new WordForm("the path of a folder"), options => options.Model, (options, model) => options with { Model = model })
        { Required = true },
        new Key<ZeroShotOptions, QuestionTemplate>(
            "template", "What is said of a class; `{label}` stands for its name.",
            new TextForm<QuestionTemplate>("a text such as a photo of a {label}.", Template, template => $"{template}"), options => options.Template, (options, template) => options with { Template = template }),
        new Key<ZeroShotOptions, double>(
            "margin", "How far beyond its bounds a region is cut out, as a share of their longer side.",
            new NumberForm<double>("a share from 0 to 10", 0, 10), options => options.Margin, (options, margin) => options with { Margin = margin }));

    private static readonly SectionForm<BaselineOptions> Section = new(
        () => new BaselineOptions(),
        new OptionalListKey<BaselineOptions, string>(
            "otherLabels", "Other fields of a row. A probe is told their values in place of the states: what the picture's other labels give away. Never the target itself.",
            new ListForm<string>(ExperimentKeys.Field), options => options.OtherLabels, (options, fields) => options with { OtherLabels = fields })
        { DefaultInWords = "none" },
        new Key<BaselineOptions, bool>(
            "randomFeatures", "Whether probes are trained on random vectors as wide as the sites: what many columns find by chance.",
            new ChoiceForm<bool>(("true", true), ("false", false)), options => options.RandomFeatures, (options, on) => options with { RandomFeatures = on }),
        new Key<BaselineOptions, bool>(
            "randomModel", "Whether the rows also go through a network of the same architecture with random weights, under the first condition, and probes are trained on its states: "
                + "what the architecture passes on without training. Its weights take as much memory as the checkpoint; the model's own are not loaded meanwhile.",
            new ChoiceForm<bool>(("true", true), ("false", false)), options => options.RandomModel, (options, on) => options with { RandomModel = on }),
        new OptionalKey<BaselineOptions, ZeroShotOptions>(
            "zeroShot", "Naming each test row's region, cut out of its picture, with CLIP: the class whose description lies nearest. Nothing is trained.",
            ZeroShot, options => options.ZeroShot, (options, zeroShot) => options with { ZeroShot = zeroShot })
        { DefaultInWords = "not asked" },
        new Key<BaselineOptions, long>("seed", "Seed of vectors and weights.", ExperimentKeys.Seed, options => options.Seed, (options, seed) => options with { Seed = seed }));

    private static QuestionTemplate Template(string text) => new QuestionTemplate(text) is { Fields: var fields } template && fields.SequenceEqual(["label"])
        ? template
        : throw new PromptException($"expected a text with {{label}} in it, and no other field; found '{text}'");

    public static Key<ProbeOptions> Baselines { get; } = new Key<ProbeOptions, BaselineOptions>(
        "baselines", "What probes are held against, beside chance, the most frequent class and the region's raw pixels.",
        Section, options => options.Baselines, (options, baselines) => options with { Baselines = baselines });
}
