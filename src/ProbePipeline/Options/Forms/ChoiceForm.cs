using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Inputs;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceForm<T>(params (string Text, T Value)[] choices) : ValueForm<T>
{
    public override string Expected { get; } = InWords([.. choices.Select(choice => choice.Text)]);

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out T value)
    {
        foreach (var choice in choices)
        {
            if (node is SourceScalar scalar && scalar.Text == choice.Text)
            {
                value = choice.Value;
                return true;
            }
        }

        var suggestion = node is SourceScalar { IsNothing: false, Text: var text } ? NearestName.Of(text, choices.Select(choice => choice.Text)) : "";
        problems.Add(node.Origin, key, $"found {node.Shown}, expected {Expected}{suggestion}");
        value = default;
        return false;
    }

    public override SourceNode Write(T value)
    {
        var text = choices.Where(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Select(choice => choice.Text).FirstOrDefault() ?? $"{value}";
        return text is "true" or "false" ? Written.Value(text) : Written.Text(text);
    }

    public override JsonObject Schema() => new()
    {
        ["enum"] = new JsonArray([.. choices.Select(choice => choice.Value is bool truth ? JsonValue.Create(truth) : (JsonNode)JsonValue.Create(choice.Text))]),
    };
}
