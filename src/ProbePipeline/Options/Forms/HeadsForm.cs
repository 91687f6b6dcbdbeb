using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>Attention heads: all of them, one, or a list.</summary>
internal sealed class HeadsForm : ValueForm<ImmutableArray<int>?>
{
    private const string All = "all";
    private const string Allowed = "all, a head such as 3 or a list such as [0, 2]";

    private static readonly ListForm<int> Numbers = new(new NumberForm<int>(Allowed, 0, int.MaxValue));

    public override string Expected => Allowed;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, out ImmutableArray<int>? value)
    {
        value = null;
        if (node is SourceScalar { Text: All })
        {
            return true;
        }

        var complete = Numbers.TryRead(node, key, problems, out var heads);
        value = heads;
        return complete;
    }

    public override SourceNode Write(ImmutableArray<int>? value) => value is { } heads ? Numbers.Write(heads) : Written.Text(All);

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray([new JsonObject { ["const"] = All }, .. Numbers.Schema()["oneOf"]!.AsArray().Select(choice => choice!.DeepClone())]),
    };
}
