using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options.Forms;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Keys;

/// <summary>A block of attention edges. Which token sets exist depends on the tower, so they are read after it.</summary>
internal sealed class BlockForm : ValueForm<AttentionBlock>, ISectionForm
{
    private const string AllowedSets = "a token set of the tower such as all, image or region+cls";

    /// <summary>The text of a token set.</summary>
    public static TextForm<string> SetText { get; } = new(AllowedSets, text => text, text => text)
    {
        Details = () => new JsonObject { ["pattern"] = $"^[ (]*(?:{Names})(?:[ )]*[-+][ (]*(?:{Names}))*[ )]*$" },
    };

    private static readonly ChoiceForm<Tower> TowerForm = new(("vision", Tower.Vision), ("language", Tower.Language));

    private static readonly SectionForm<Draft> Section = new(
        () => new Draft(default, "", ""),
        new Key<Draft, Tower>(
            "tower", "The transformer whose self-attention is cut.",
            TowerForm, draft => draft.Tower, (draft, tower) => draft with { Tower = tower })
        { Required = true },
        new Key<Draft, string>(
            "from", "The queries: these tokens no longer attend to the tokens of `to`. Generated tokens are among them wherever the prompt's last token is.",
            SetText, draft => draft.From, (draft, text) => draft with { From = text })
        { Required = true },
        new Key<Draft, string>(
            "to", "The keys: the tokens that `from` no longer attends to.",
            SetText, draft => draft.To, (draft, text) => draft with { To = text })
        { Required = true },
        new Key<Draft, LayerSelection>(
            "layers", "The layers in which the edges are cut, counted from 0.", new LayersForm(), draft => draft.Layers, (draft, layers) => draft with { Layers = layers }),
        new Key<Draft, ImmutableArray<int>?>(
            "heads", "The attention heads in which the edges are cut, counted from 0.", new HeadsForm(), draft => draft.Heads, (draft, heads) => draft with { Heads = heads }),
        new Key<Draft, bool>(
            "keepSelf", "Whether a token keeps its edge to itself.",
            new ChoiceForm<bool>(("true", true), ("false", false)), draft => draft.KeepSelf, (draft, keepSelf) => draft with { KeepSelf = keepSelf }),
        new Key<Draft, KeyMeans?>(
            "replace", "What `from` sees in place of keys and values of `to`. `nothing`: the edges are cut. `mean`: their means over the first condition's training rows, for every "
            + "layer and head (mean-ablation).",
            new ChoiceForm<KeyMeans?>(("nothing", null), ("mean", KeyMeans.Unknown)), draft => draft.Means, (draft, means) => draft with { Means = means }));

    public IReadOnlyList<IKey> Keys => Section.Keys;

    public override string Expected => Section.Expected;

    private static string Names => @"positions *\[[0-9, ]*\]|" + string.Join('|', TokenSetText.NamesIn(Tower.Vision).Union(TokenSetText.NamesIn(Tower.Language)));

    public override bool TryRead(SourceNode node, string key, ProblemList problems, [MaybeNullWhen(false)] out AttentionBlock value)
    {
        value = null;
        if (!Section.TryRead(node, key, problems, out var draft))
        {
            // What is wrong with its sets is said in the same message.
            CheckSets(node, key, problems);
            return false;
        }

        var from = ReadSet(node, KeyPath.Join(key, "from"), "from", draft.From, draft.Tower, problems);
        var to = ReadSet(node, KeyPath.Join(key, "to"), "to", draft.To, draft.Tower, problems);
        value = from is null || to is null ? null : new AttentionBlock(draft.Tower, from, to) { Layers = draft.Layers, Heads = draft.Heads, KeepSelf = draft.KeepSelf, Means = draft.Means };
        return value is not null;
    }

    public override SourceNode Write(AttentionBlock value) => Section.Write(
        new Draft(value.Tower, TokenSetText.Write(value.From), TokenSetText.Write(value.To)) { Layers = value.Layers, Heads = value.Heads, KeepSelf = value.KeepSelf, Means = value.Means });

    public override JsonObject Schema() => Section.Schema();

    /// <summary>The set of a text in a tower; null where there is none, which is said.</summary>
    public static TokenSet? ReadSet(SourceNode block, string key, string name, string text, Tower tower, ProblemList problems)
    {
        try
        {
            return TokenSetText.Parse(text, tower);
        }
        catch (FormatException error)
        {
            problems.Add(KeyPath.Find(block, name), key, error.Message);
            return null;
        }
    }

    /// <summary>Refuses the sets of a block that is wrong elsewhere; where its tower is not known, those that neither has.</summary>
    private static void CheckSets(SourceNode node, string key, ProblemList problems)
    {
        var block = node as SourceMapping;
        Tower? tower = block?["tower"] is { } given && TowerForm.TryRead(given.Value, key, new ProblemList(), out var known) ? known : null;
        foreach (var name in new[] { "from", "to" })
        {
            if (block?[name]?.Value is not { } value || !SetText.TryRead(value, key, new ProblemList(), out var text))
            {
                continue;
            }

            if (tower is { } its)
            {
                ReadSet(block, KeyPath.Join(key, name), name, text, its, problems);
            }
            else if (Enum.GetValues<Tower>().All(any => ReadSet(block, key, name, text, any, new ProblemList()) is null))
            {
                problems.Add(value.Origin, KeyPath.Join(key, name), $"found {value.Shown}, expected {AllowedSets}");
            }
        }
    }

    /// <summary>A block before its tower's token sets are known.</summary>
    private sealed record Draft(Tower Tower, string From, string To)
    {
        // The same defaults as the block's own.
        private static readonly AttentionBlock Standard = new(default, TokenSet.All, TokenSet.All);

        public LayerSelection Layers { get; init; } = Standard.Layers;

        public ImmutableArray<int>? Heads { get; init; } = Standard.Heads;

        public bool KeepSelf { get; init; } = Standard.KeepSelf;

        public KeyMeans? Means { get; init; } = Standard.Means;
    }
}
