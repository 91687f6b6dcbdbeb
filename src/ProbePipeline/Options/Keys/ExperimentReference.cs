using System.Text;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options.Forms;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Keys;

/// <summary>The reference of experiment files: docs/experiment-file.md.</summary>
internal static class ExperimentReference
{
    private const string Beginning = """
        # The experiment file

        One YAML file names a model, a dataset, attention conditions, sites and a task. [partscenes.yaml](../data/experiments/partscenes.yaml) is one with comments. Editors that know YAML schemas complete and check it by its first line:

        ```yaml
        # yaml-language-server: $schema=../schemas/experiment.schema.json
        ```

        Everything that is wrong is said at once, with line, column, what was found and what is allowed. Keys that are not known are errors; so are anchors, aliases and tags. Where a list is allowed, a value by itself is a list of one. Relative paths start at the current directory.

        On the command line `--set key=value` takes the place of a value, as often as wanted, the last one counting: `--set dataset.images=60`, `--set "probe.l2=[1e-3, 1e-2]"`, `--set conditions.vision-cut[0].layers=0-2`. The value is YAML; `null` takes a key away, so `--set lens=null` leaves the lens out and `--set conditions.both-cut=null` a condition.

        """;

    public static string Markdown()
    {
        var text = new StringBuilder(Beginning.ReplaceLineEndings("\n"));
        AppendSection(text, "", ExperimentKeys.Root);
        return text.ToString();
    }

    private static void AppendSection(StringBuilder text, string path, ISectionForm section)
    {
        Line(text, $"\n## {(path.Length == 0 ? "Top level" : $"`{path}`")}\n");
        Line(text, "| key | default | what it says | allowed |\n|---|---|---|---|");
        foreach (var key in section.Keys)
        {
            Line(text, $"| `{key.Name}` | {Default(key)} | {Cell(key.Description)} | {Allowed(path, key)} |");
        }

        foreach (var key in section.Keys)
        {
            var inner = KeyPath.Join(path, key.Name);
            if (key.Form is ConditionsForm)
            {
                AppendSection(text, $"{inner}.NAME[]", ConditionsForm.Block);
                AppendEdits(text, $"{inner}.NAME[]");
                AppendTokenSets(text);
            }
            else if (key.Form is SweepsForm)
            {
                AppendSection(text, $"{inner}.NAME", SweepsForm.Sweep);
            }
            else if (key.Form is ISectionForm form)
            {
                AppendSection(text, inner, form);
            }
        }
    }

    private static void AppendEdits(StringBuilder text, string path)
    {
        Line(text, "\nBeside blocks a condition may list changes of states; what they mean is told in [interventions](interventions.md).");
        foreach (var form in new ISectionForm[] { EditForms.Patch, EditForms.Erase })
        {
            AppendSection(text, $"{path} with {form.Keys[0].Name}", form);
        }
    }

    private static void AppendTokenSets(StringBuilder text)
    {
        Line(text, $"\nToken sets of the vision tower: {Words(TokenSetText.NamesIn(Tower.Vision))}. Of the language tower: {Words(TokenSetText.NamesIn(Tower.Language))}.");
        Line(text, """
            They are joined from left to right by `+` and `-`, with parentheses: `image+last`, `all-(region+cls)`. `positions [0, 3]` are positions.

            - `region`: the row's region; `outside`: what else of the picture there is.
            - `image`: every token that carries picture content, row ends and separators (`separators`) included; `text`: every other token.
            - `question`: the prompt's tokens after the last image token, those of the template included; `last`: the last of them.
            - `generated`: what the model has said so far. It is among the queries wherever `last` is, and among the keys only where it is named.
            """.ReplaceLineEndings("\n"));
    }

    private static string Default(IKey key) => key.Required ? "required"
        : key.DefaultInWords is { } words ? words
        : key.Default is not { } value ? "left out"
        : key.Form is SweepsForm ? "none"
        : value is SourceMapping ? "its own defaults"
        : $"`{SourceWriter.WriteLine(value)}`";

    private static string Allowed(string path, IKey key) => key.Form is ISectionForm ? $"the keys of [{KeyPath.Join(path, key.Name)}](#{KeyPath.Join(path, key.Name).Replace(".", "", StringComparison.Ordinal).ToLowerInvariant()})"
        : Cell(key.Form.Expected);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Words(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
