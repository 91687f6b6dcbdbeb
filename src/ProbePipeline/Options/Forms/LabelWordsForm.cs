using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>Words to choose from: the plural of a field, for all its classes, a list, or { column } for every row's own.</summary>
/// <param name="offersColumn">Whether { column } is said to be allowed. It is read in any case: where it is not, a rule says why.</param>
internal sealed class LabelWordsForm(bool offersColumn) : ValueForm<LabelWords>
{
    private const string ForAllRows = "parts (every class of the target part) or a list of words such as [wheel, door]";

    private const string OrByRow = "parts (every class of the target part), a list of words such as [wheel, door], or { column: options } for every row's own list";

    private static readonly WordForm Column = new("a field of a row, in which words stand with bars between them: wheel|door|wing", "[A-Za-z_][A-Za-z0-9_]*");

    private readonly ListForm<string> _words = new(new WordForm(offersColumn ? OrByRow : ForAllRows));

    public override string Expected => _words.Expected;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out LabelWords value)
    {
        if (node is SourceScalar { IsNothing: false, Text: var text } && LabelWords.ParseField(text) is { } classes)
        {
            value = classes;
            return true;
        }

        if (node is SourceMapping mapping)
        {
            if (mapping.Entries.Count != 1 || mapping["column"] is not { } column)
            {
                return Refuse(node, key, problems, out value);
            }

            value = Column.TryRead(column.Value, $"{key}.column", problems, out var field) ? LabelWords.OfColumn(field) : null;
            return value is not null;
        }

        value = null;
        return (node is SourceList && _words.TryRead(node, key, problems, out var words) && (value = LabelWords.Of(words)) is not null)
            || (node is not SourceList && Refuse(node, key, problems, out value));
    }

    public override SourceNode Write(LabelWords value) => value.FieldText is { } field ? Written.Text(field) : value.Column is { } column ? Written.Mapping([("column", Column.Write(column))]) : _words.Write(value.Words);

    public override JsonObject Schema()
    {
        var choices = new JsonArray(new JsonObject { ["type"] = "string", ["pattern"] = "^.+s$" }, _words.Schema()["oneOf"]![1]!.DeepClone());
        if (offersColumn)
        {
            choices.Add((JsonNode)new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject { ["column"] = Column.Schema() },
                ["required"] = new JsonArray("column"),
                ["additionalProperties"] = false,
            });
        }

        return new JsonObject { ["oneOf"] = choices };
    }
}
