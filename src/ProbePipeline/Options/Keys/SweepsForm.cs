using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options.Forms;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Keys;

/// <summary>Sweeps by name, in the order in which they are written.</summary>
internal sealed partial class SweepsForm : ValueForm<ImmutableArray<SweepOptions>>
{
    public static SectionForm<SweepOptions> Sweep { get; } = new(
        () => new SweepOptions("", new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All)),
        new Key<SweepOptions, AttentionBlock>(
            "block", "What is cut, as in a condition; the window chooses the layers.", ConditionsForm.Block, sweep => sweep.Block, (sweep, block) => sweep with { Block = block })
        { Required = true },
        new Key<SweepOptions, int>("window", "Layers a window.", Layers, sweep => sweep.Window, (sweep, window) => sweep with { Window = window }),
        new Key<SweepOptions, int>("stride", "Layers from one window to the next.", Layers, sweep => sweep.Stride, (sweep, stride) => sweep with { Stride = stride }));

    public override string Expected => "sweeps by name, as in vision-window: { block: { tower: vision, from: all, to: all }, window: 2 }";

    private static NumberForm<int> Layers => new("a whole number from 1 to 1000", 1, 1000);

    public override bool TryRead(SourceNode node, string key, ProblemList problems, out ImmutableArray<SweepOptions> value)
    {
        if (node is not SourceMapping { Entries: var entries })
        {
            return Refuse(node, key, problems, out value);
        }

        var before = problems.Count;
        var read = ImmutableArray.CreateBuilder<SweepOptions>();
        foreach (var entry in entries.Where(entry => entry.Value is not SourceRemoval { Given: true }))
        {
            var path = KeyPath.Join(key, entry.Key);
            if (!Name().IsMatch(entry.Key))
            {
                problems.Add(entry.Origin, path, ConditionsForm.WrongName);
            }

            if (!Sweep.TryRead(entry.Value, path, problems, out var sweep))
            {
                continue;
            }

            if (sweep.Block.Layers != LayerSelection.All)
            {
                problems.Add(KeyPath.Find(entry.Value, "block.layers"), $"{path}.block.layers", $"found \"{sweep.Block.Layers}\", expected no layers here: the window chooses them");
            }

            read.Add(sweep with { Name = entry.Key });
        }

        value = read.ToImmutable();
        return problems.Count == before;
    }

    public override SourceNode Write(ImmutableArray<SweepOptions> value) =>
        Written.Mapping((value.IsDefault ? [] : value).Select(sweep => (sweep.Name, Sweep.Write(sweep))));

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = $"^{ConditionsForm.NamePattern}$" },
        ["additionalProperties"] = Sweep.Schema(),
    };

    [GeneratedRegex($@"\A{ConditionsForm.NamePattern}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
