using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Forms;

/// <summary>A list of at least one value, none twice; a value by itself is a list of one.</summary>
internal sealed class ListForm<T>(ValueForm<T> item) : ValueForm<ImmutableArray<T>>
{
    public override string Expected => item.Expected;

    public override bool TryRead(SourceNode node, string key, ProblemList problems, out ImmutableArray<T> value)
    {
        if (node is SourceList { Items.Count: 0 } or SourceMapping or SourceRemoval)
        {
            return Refuse(node, key, problems, out value);
        }

        var read = ImmutableArray.CreateBuilder<T>();
        var complete = true;
        foreach (var part in node is SourceList { Items: var items } ? items : [node])
        {
            if (!item.TryRead(part, key, problems, out var one))
            {
                complete = false;
            }
            else if (read.Contains(one))
            {
                problems.Add(part.Origin, key, $"found {part.Shown} twice, expected each once");
                complete = false;
            }
            else
            {
                read.Add(one);
            }
        }

        value = read.ToImmutable();
        return complete;
    }

    public override SourceNode Write(ImmutableArray<T> value) => Written.List(value.IsDefault ? [] : value.Select(item.Write));

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray(
            item.Schema(),
            new JsonObject { ["type"] = "array", ["items"] = item.Schema(), ["minItems"] = 1, ["uniqueItems"] = true }),
    };
}
