using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Models.Masks;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>Layers: a word, a number, a range, or a list of numbers.</summary>
internal sealed class LayersForm : ValueForm<LayerSelection>
{
    private static readonly ListForm<int> Numbers = new(new NumberForm<int>(LayerSelectionText.Allowed, 0, int.MaxValue));

    private static readonly TextForm<LayerSelection> Text = new(LayerSelectionText.Allowed, LayerSelectionText.Parse, layers => $"{layers}")
    {
        Details = () => new JsonObject { ["pattern"] = "^(?:all|early half|late half|[0-9]+|[0-9]+-[0-9]+)$" },
    };

    public override string Expected => LayerSelectionText.Allowed;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out LayerSelection value)
    {
        if (node is not SourceList)
        {
            return Text.TryRead(node, key, problems, out value);
        }

        value = Numbers.TryRead(node, key, problems, out var layers) ? LayerSelection.Of(layers) : null;
        return value is not null;
    }

    public override SourceNode Write(LayerSelection value)
    {
        var parts = $"{value}".Split(", ");
        return parts.All(part => KeyPath.Index(part) is not null) && parts.Length > 1 ? Written.List(parts.Select(Written.Value))
            : KeyPath.Index(parts[0]) is not null ? Written.Value(parts[0])
            : Written.Text($"{value}");
    }

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray([Text.Schema(), .. Numbers.Schema()["oneOf"]!.AsArray().Select(choice => choice!.DeepClone())]),
    };
}
