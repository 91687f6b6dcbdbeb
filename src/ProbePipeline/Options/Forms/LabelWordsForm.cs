using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>Words to choose from: the plural of a field, for all its classes, a list, or { column } for every row's own.</summary>
internal sealed class LabelWordsForm : ValueForm<LabelWords>
{
    private const string Allowed = "parts (every class of the target part), a list of words such as [wheel, door], or { column: options } for every row's own list";

    private static readonly ListForm<string> Words = new(new WordForm(Allowed));

    private static readonly WordForm Column = new("a field of a row, in which words stand with bars between them: wheel|door|wing", "[A-Za-z_][A-Za-z0-9_]*");

    public override string Expected => Allowed;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out LabelWords value)
    {
        if (node is SourceScalar { IsNothing: false, Text: var text } && LabelWords.ParseField(text) is { } classes)
        {
            value = classes;
            return true;
        }

        if (node is SourceMapping mapping)
        {
            value = mapping.Entries.Count == 1 && mapping["column"] is { } column && Column.TryRead(column.Value, $"{key}.column", problems, out var field) ? LabelWords.OfColumn(field) : null;
            return value is not null || Refuse(node, key, problems, out value);
        }

        value = null;
        return (node is SourceList && Words.TryRead(node, key, problems, out var words) && (value = LabelWords.Of(words)) is not null)
            || (node is not SourceList && Refuse(node, key, problems, out value));
    }

    public override SourceNode Write(LabelWords value) => value.FieldText is { } field ? Written.Text(field) : value.Column is { } column ? Written.Mapping([("column", Column.Write(column))]) : Words.Write(value.Words);

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "string", ["pattern"] = "^.+s$" }, Words.Schema()["oneOf"]![1]!.DeepClone(), new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["column"] = Column.Schema() },
            ["required"] = new JsonArray("column"),
            ["additionalProperties"] = false,
        }),
    };
}
