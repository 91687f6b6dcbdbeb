using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Inspection;
using ProbePipeline.Options;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Drafting;

/// <summary>Drafts an experiment file with comments for a model and a dataset, after a look at both.</summary>
public static class ExperimentDraft
{
    /// <summary>The text of the file.</summary>
    /// <param name="file">Where it is to be written; its name is the experiment's.</param>
    /// <param name="model">The model as an experiment names it.</param>
    /// <param name="dataset">The dataset as an experiment names it.</param>
    /// <param name="target">The field to predict; null: one is chosen.</param>
    /// <param name="overrides">Values of the file that are known already: <c>dataset.images=60</c>.</param>
    /// <exception cref="ExperimentException">The dataset does not have the field, or none that could be predicted.</exception>
    /// <exception cref="ExperimentFileException">A value is not usable.</exception>
    /// <exception cref="Models.Checkpoints.CheckpointException">The model is not usable.</exception>
    public static string Write(string file, string model, string dataset, string? target = null, params IReadOnlyList<string> overrides)
    {
        // What is known already is checked as a file is.
        var known = ExperimentFile.Parse($"model: {Quoted(model)}\ndataset: {{ name: {Quoted(dataset)} }}\nconditions: {{ intact: [] }}\ncapture: {{ sites: [vision.resid_post] }}\n", file, overrides);
        using var checkpoint = CheckpointInspection.Open(known.Model);
        var found = DatasetFindings.Of(known.Dataset.Open(), target);
        // A name that holds a line break must not end its comment.
        var text = string.Join("\n", Lines(file, known, checkpoint, found).Select(line => line.StartsWith('#') ? line.ReplaceLineEndings(" ") : line)) + "\n";
        ExperimentFile.Parse(text, file);
        return text;
    }

    private static IEnumerable<string> Lines(string file, ExperimentOptions known, CheckpointInspection checkpoint, DatasetFindings found)
    {
        var (sees, speaks) = (checkpoint.Network.Vision is not null, checkpoint.Network.Language is not null);
        return
        [
            "# All keys and their defaults: docs/experiment-file.md. What lies in a comment is a suggestion.",
            $"# First look at the rows (probe dataset look {file}) and at the cost (probe run {file} --dry-run), then: probe run {file}",
            "",
            .. checkpoint.Summary.Facts.Where(fact => fact.Name is "family" or "vision tower" or "language model").Select(fact => $"# {fact.Name}: {fact.Value}"),
            $"model: {Quoted(known.Model)}",
            "",
            Invariant($"# {found.Pictures} pictures looked at, with {found.Parts} parts. Fields and how many values they have: {string.Join(", ", found.Fields.Select(field => Invariant($"{field.Name} {field.Values}")))}"),
            known.ToYaml("dataset").TrimEnd('\n'),
            "",
            "# The tokens of `from` no longer attend to the tokens of `to`; a token always keeps its edge to itself. The first condition is the one that",
            $"# the others are compared with. Which tokens that are: probe inspect {known.Model} --experiment {file} --tokens tokens.html",
            "conditions:",
            .. Conditions(sees, speaks),
            "",
            "# Without a layer (vision.resid_post.3 is one) every layer is read.",
            $"capture: {{ sites: [{string.Join(", ", Sites(sees, speaks))}], pooling: {(sees ? "region-mean" : "last")} }}",
            "",
            "# A picture goes to train, validation or test with all its rows. What is chosen, is chosen on validation rows.",
            .. found.HasSplit ? ["# The dataset says itself what each picture is for; where it has no pictures for validation, that share of training is kept for it."] : Array.Empty<string>(),
            $"probe: {{ target: {Quoted(found.Target)}, split: {{ by: image, {(found.HasSplit ? "order: given, validation: 0.2" : "order: random, seed: 0, train: 0.6, validation: 0.2")} }}{Control(found)} }}",
            .. Control(found).Length == 0 ? ["# No other field makes a type for a control task: control: { type: [FIELD] } would ask whether the probe can learn anything at all."] : Array.Empty<string>(),
            .. speaks ? Answer(found, !sees || KnowsTemplate(checkpoint.Folder)) : [],
            .. sees && speaks ? Lens(found) : [],
            "",
            "# Report, results and features.",
            $"output: {Quoted(known.Output)}",
        ];
    }

    private static IEnumerable<string> Conditions(bool sees, bool speaks)
    {
        const string Vision = "{ tower: vision, from: all, to: all }";
        const string Decoder = "{ tower: language, from: image, to: image }";
        return (sees, speaks) switch
        {
            (true, true) =>
            [
                "  intact: []",
                $"  vision-cut: [{Vision}]",
                $"  decoder-cut: [{Decoder}]",
                $"  both-cut: [{Vision}, {Decoder}]",
                "  # Not even the question's tokens see the picture outside the region: what is left is what the region itself shows.",
                $"  region-only: [{Vision}, {Decoder}, {{ tower: language, from: question, to: outside }}]",
            ],
            (true, false) =>
            [
                "  intact: []",
                $"  vision-cut: [{Vision}]",
                "  # What is left here is what the region itself shows.",
                "  region-isolated: [{ tower: vision, from: region, to: outside }]",
            ],
            _ =>
            [
                "  intact: []",
                "  # The last token no longer sees the others in the late half of the layers.",
                "  last-cut: [{ tower: language, from: last, to: all, layers: late half }]",
            ],
        };
    }

    private static ImmutableArray<string> Sites(bool sees, bool speaks) =>
        [.. sees ? ["vision.resid_post"] : Array.Empty<string>(), .. sees && speaks ? ["projector"] : Array.Empty<string>(), .. speaks ? ["language.resid_post"] : Array.Empty<string>()];

    private static string Control(DatasetFindings found) => found.Control.IsEmpty ? "" : $", control: {{ type: [{string.Join(", ", found.Control.Select(Quoted))}] }}";

    private static IEnumerable<string> Answer(DatasetFindings found, bool knowsTemplate)
    {
        var plural = LabelWords.ClassesOf(found.Target);
        return
        [
            "",
            .. found.Asked is { } field
                ? [$"# No two parts of a picture have the same {field}, so a question that names it asks about one part."]
                : new[] { "# No field tells the parts of a picture apart, so this question does not say which part is meant: mind that when you read the answers.", },
            .. knowsTemplate
                ? Array.Empty<string>()
                : ["# The checkpoint has no chat template that is known: choose one (docs/experiment-file.md, answer.template) or write the prompt out as its authors do."],
            $"answer: {{ question: {Quoted(found.Asked is { } asked ? $"What is the {{{asked}}} {found.Target}?" : $"Which {found.Target} is in the picture?")}, choices: {Quoted($"{plural}")}{(knowsTemplate ? "" : ", template: plain")} }}",
        ];
    }

    private static IEnumerable<string> Lens(DatasetFindings found) =>
    [
        "",
        "# At which rank of the whole vocabulary the label stands, layer by layer.",
        $"lens: {{ labels: {Quoted($"{LabelWords.ClassesOf(found.Target)}")} }}",
    ];

    private static bool KnowsTemplate(string folder)
    {
        try
        {
            _ = CheckpointTemplate.Read(folder);
            return true;
        }
        catch (PromptException)
        {
            return false;
        }
    }

    private static string Quoted(string text) => SourceWriter.Quoted(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
