using System.Collections.Immutable;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Options.Forms;

namespace ProbePipeline.Options.Keys;

/// <summary>
/// Every key of an experiment file: the one description from which files are read and written and from which the schema and the
/// documentation are made.
/// </summary>
internal static class ExperimentKeys
{
    private const string TargetPlural = "the target's plural";

    private static readonly WordForm Path = new("the path of a folder");

    private static readonly SectionForm<AnswerOptions> Answer = new(
        () => new AnswerOptions { Questions = [] },
        new Key<AnswerOptions, ImmutableArray<QuestionTemplate>>(
            "question", "The question about a part; `{color}` stands for that field of the row. Or several ways of asking: a part is asked in each, which makes as many rows, and the report has the answers by question.",
            new ListForm<QuestionTemplate>(new TextForm<QuestionTemplate>("a question such as What is the {color} part?", text => new QuestionTemplate(text), question => $"{question}")),
            options => options.Questions, (options, questions) => options with { Questions = questions })
        { Required = true },
        new OptionalKey<AnswerOptions, ChatTemplate>(
            "template", $"The prompt around the question: {Names(ChatTemplate.Known.Select(template => template.Name))} (`plain` is the picture, then the question), or a text of your own with `{{question}}` and the model's "
                + "picture placeholder. Left out: what the checkpoint's own chat template writes, where it is a known one.",
            new TextForm<ChatTemplate>($"{string.Join(", ", ChatTemplate.Known.Select(template => template.Name))} or a prompt of your own with {{question}} in it once", ChatTemplate.Parse, template => template.Name),
            options => options.Template, (options, template) => options with { Template = template })
        { DefaultInWords = "the checkpoint's" },
        new Key<AnswerOptions, LabelWords>(
            "choices", "The answers to choose from: `parts`, the plural of the target, for all its classes; a list of words; or `{ column: options }`, the field in which every row lists its own, with bars between them: `wheel|door|wing`.",
            new LabelWordsForm(offersColumn: true), options => options.Choices, (options, choices) => options with { Choices = choices })
        { DefaultInWords = TargetPlural },
        new Key<AnswerOptions, AnswerScore>(
            "score", "Which choice counts as the answer: the likeliest (`sum` over its tokens), the likeliest `per-token`, or `calibrated`: the one whose log-likelihood the picture raises most, "
                + "which takes one text-only forward a distinct question; or, with `generate`, the one that the model's own answer is: `generated-exact`, `generated-normalized` (without case, punctuation and articles) or "
                + "`generated-contained` (named first in it). The report has the accuracy by each that was computed.",
            new ChoiceForm<AnswerScore>([.. AnswerScoreText.All]), options => options.Score, (options, score) => options with { Score = score }),
        new Key<AnswerOptions, int>(
            "generate", "The longest answer, in tokens, that the model writes itself beside the scored choices, greedily and under every condition; 0: it writes none. Every token is a step of the decoder.",
            new NumberForm<int>("a whole number from 0 on", 0, 4096), options => options.Generate, (options, tokens) => options with { Generate = tokens }),
        new Key<AnswerOptions, bool>(
            "blind", "Whether the model is also asked without the picture: the floor of its answers, one text-only forward a distinct question.",
            new ChoiceForm<bool>(("true", true), ("false", false)), options => options.Blind, (options, blind) => options with { Blind = blind }));

    private static readonly SectionForm<LensOptions> Lens = new(
        () => new LensOptions(),
        new Key<LensOptions, LabelWords>(
            "labels", "The words that stand for the classes: `parts`, the plural of the target, for all its classes, or a list.",
            new LabelWordsForm(offersColumn: false), options => options.Labels, (options, labels) => options with { Labels = labels })
        { DefaultInWords = TargetPlural });

    private static readonly SectionForm<RegionOptions> Regions = new(
        () => new RegionOptions(),
        new Key<RegionOptions, double>(
            "threshold", "The share of a token's square from which on it counts as covered; where none reaches it, the best-covered token counts.",
            new NumberForm<double>("a share above 0, 1 at most", 0, 1) { AboveMinimum = true }, options => options.Threshold, (options, threshold) => options with { Threshold = threshold }),
        new Key<RegionOptions, TileChoice>(
            "tiles", "Where a picture is cut into tiles: which tokens count.",
            new ChoiceForm<TileChoice>(("overview", TileChoice.Overview), ("tiles", TileChoice.Tiles), ("both", TileChoice.Both)),
            options => options.Tiles, (options, tiles) => options with { Tiles = tiles }));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    /// <summary>A seed.</summary>
    public static NumberForm<long> Seed => new("a whole number from 0 on", 0, long.MaxValue);

    /// <summary>A field of a row.</summary>
    public static WordForm Field => new("a field of a row such as part or color", "[A-Za-z_][A-Za-z0-9_]*");

    /// <summary>The file as a whole.</summary>
    public static SectionForm<ExperimentOptions> Root { get; } = new(
        () => new ExperimentOptions { Name = "", Model = "", Dataset = new DatasetOptions { Name = "" }, Conditions = [] },
        new Key<ExperimentOptions, string>(
            "name", "The experiment's name in the report.", new WordForm("a name on one line without slashes", @"[^\s./\\][^/\\]{0,99}"), options => options.Name, (options, name) => options with { Name = name })
        { DefaultInWords = "the file's name" },
        new OptionalKey<ExperimentOptions, string>(
            "note", "What readers of the report must know about the figures. Left out: nothing.",
            new TextForm<string>("a text", text => text, text => text), options => options.Note, (options, note) => options with { Note = note }),
        new Key<ExperimentOptions, string>(
            "model", "The checkpoint folder, as Hugging Face transformers writes it; a relative path starts at the current directory. Or a repository of the Hugging Face hub, `org/name` or `org/name@revision`, from its cache or downloaded into it.",
            Path, options => options.Model, (options, model) => options with { Model = model })
        { Required = true },
        new Key<ExperimentOptions, DatasetOptions>(
            "dataset", "The pictures and their parts.", DatasetKeys.Section, options => options.Dataset, (options, dataset) => options with { Dataset = dataset })
        { Required = true },
        new Key<ExperimentOptions, ImmutableArray<ConditionOptions>>(
            "conditions", "What is cut and changed, condition by condition: a name and a list of blocks, patches and erasures. The first is the one that the others are compared with.",
            new ConditionsForm(), options => options.Conditions, (options, conditions) => options with { Conditions = conditions })
        { Required = true },
        new Key<ExperimentOptions, ImmutableArray<SweepOptions>>(
            "sweeps", "Blocks in a window of layers that slides through a tower, by name: one condition a window, `NAME.0-1`, `NAME.1-2` and so on. They have a section of their own in the report.",
            new SweepsForm(), options => options.Sweeps, (options, sweeps) => options with { Sweeps = sweeps }),
        new Key<ExperimentOptions, CaptureOptions>(
            "capture", "Which states are kept, and how the network runs.", CaptureKeys.Section, options => options.Capture, (options, capture) => options with { Capture = capture }),
        new OptionalKey<ExperimentOptions, ProbeOptions>(
            "probe", "Linear probes at every site. Left out: none are trained.", ProbeKeys.Section, options => options.Probe, (options, probe) => options with { Probe = probe }),
        new OptionalKey<ExperimentOptions, AnswerOptions>(
            "answer", "The model's own answers. Left out: it is asked nothing, and only sites of the vision tower can be captured.",
            Answer, options => options.Answer, (options, answer) => options with { Answer = answer }),
        new OptionalKey<ExperimentOptions, LensOptions>(
            "lens", "The logit lens: at which rank the decoder's states at the region have the label. Left out: none.",
            Lens, options => options.Lens, (options, lens) => options with { Lens = lens }),
        new Key<ExperimentOptions, RegionOptions>(
            "regions", "How a row's region comes to lie on tokens.", Regions, options => options.Regions, (options, regions) => options with { Regions = regions }),
        new Key<ExperimentOptions, double>(
            "maximumDropped", "The share of rows that may be dropped before the run stops.",
            new NumberForm<double>("a share from 0 to 1", 0, 1), options => options.MaximumDropped, (options, share) => options with { MaximumDropped = share }),
        new Key<ExperimentOptions, string>(
            "output", "The folder for report, results and features; a relative path starts at the current directory.",
            Path, options => options.Output, (options, output) => options with { Output = output })
        { DefaultInWords = "`reports/` and the name" });
}
