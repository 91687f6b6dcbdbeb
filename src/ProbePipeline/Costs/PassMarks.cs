using System.Collections.Immutable;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;

namespace ProbePipeline.Costs;

/// <summary>Finds what conditions do layer by layer, by a row that stands for all.</summary>
/// <param name="network">The network.</param>
/// <param name="row">The row.</param>
internal sealed class PassMarks(Network network, PromptRow row)
{
    private readonly int _prefix = 1 + row.TokenIds.Select((id, position) => network.IsImagePlaceholder(id) ? position : -1).Append(-1).Max();

    /// <param name="condition">The condition.</param>
    /// <param name="sites">Where states are read.</param>
    /// <param name="answers">Whether the decoder's last states are read as words.</param>
    public ConditionMarks Of(ConditionOptions condition, IReadOnlyCollection<Site> sites, bool answers)
    {
        var (vision, language) = Depth(sites, answers);
        var blocks = condition.Blocks.Select(block => new Change(
            block.Tower, Layers(block), $"{block.From} to {block.To}, {string.Join(' ', block.Heads ?? [])}, {block.KeepSelf}, {block.Means is not null}",
            block.DependsOnRegion, Touches(block, prefix: true), Touches(block, prefix: false))).ToArray();
        Change[] changes =
        [
            .. blocks,
            .. condition.Patches.Select(patch => Edit(patch.Site, patch.Tokens, $"{patch}", byRow: true)),
            .. condition.Erasures.Select(erasure => Edit(erasure.Site, erasure.Tokens, $"{erasure}", byRow: false)),
        ];
        var decoder = changes.Where(change => change.Tower == Tower.Language).ToArray();
        return new ConditionMarks
        {
            Vision = Marks(vision, changes.Where(change => change.Tower == Tower.Vision)),
            VisionByRow = vision > 0 && changes.Any(change => change.Tower == Tower.Vision && change.ByRow),
            Projector = string.Join('\n', decoder.Where(change => change.Layers.IsEmpty).Select(change => change.Text)),
            Prefix = Marks(language, decoder.Where(change => change.InPrefix)),
            // Beginnings are shared by rows that do the same there, and never where they see what follows. Patches are counted as different in every row.
            PrefixByRow = language > 0 && (network.Language!.HasBidirectionalPrefix || decoder.Any(change => change is { InPrefix: true, ByRow: true })),
            Suffix = Marks(language, decoder.Where(change => change.InSuffix)),
            Projects = network.FeatureStates.Count > 0 && (language > 0 || sites.Contains(Site.Projector)),
        };
    }

    // As deep as the sites ask, and to where the projector reads.
    private (int Vision, int Language) Depth(IReadOnlyCollection<Site> sites, bool answers)
    {
        var language = answers ? network.Language!.LayerCount : Deepest(Tower.Language, network.Language?.LayerCount ?? 0);
        var vision = Deepest(Tower.Vision, network.Vision?.LayerCount ?? 0);
        var projects = network.FeatureStates.Count > 0 && (language > 0 || sites.Contains(Site.Projector) || sites.Contains(Site.Embeddings(Tower.Language)));
        return (projects ? Math.Max(vision, network.FeatureStates.Max()) : vision, language);

        int Deepest(Tower tower, int all) => sites.Where(site => site.Tower == tower).Select(site => site.Kind switch
        {
            SiteKind.Embeddings or SiteKind.Projector => 0,
            SiteKind.FinalNorm or SiteKind.Pooled => all,
            _ => site.Layer + 1,
        }).DefaultIfEmpty(0).Max();
    }

    private static ImmutableArray<string> Marks(int layers, IEnumerable<Change> changes)
    {
        var all = changes.ToArray();
        return [.. Enumerable.Range(0, layers).Select(layer => string.Join('|', all.Where(change => change.Layers.Contains(layer)).Select(change => change.Text)))];
    }

    private ImmutableArray<int> Layers(AttentionBlock block) => block.Layers.Resolve(block.Tower == Tower.Vision ? network.Vision!.LayerCount : network.Language!.LayerCount);

    /// <summary>Whether a block takes an edge from a token of the decoder before or behind the end of the picture; a token sees none that comes later.</summary>
    private bool Touches(AttentionBlock block, bool prefix)
    {
        if (block.Tower == Tower.Vision)
        {
            return false;
        }

        var tokens = network.TokensOf(row, block);
        var (queries, keys) = (tokens.Queries[0], tokens.Keys[0]);
        var bidirectional = network.Language!.HasBidirectionalPrefix;
        var first = keys.IndexOf(true);
        return first >= 0 && Enumerable.Range(0, queries.Length).Any(query => queries[query] && query < _prefix == prefix
            && Enumerable.Range(first, bidirectional ? keys.Length - first : Math.Max(0, query + 1 - first)).Any(key => keys[key] && !(block.KeepSelf && key == query)));
    }

    private Change Edit(Site site, TokenSet tokens, string text, bool byRow)
    {
        var whole = new AttentionBlock(site.Tower, tokens, TokenSet.All);
        ImmutableArray<int> layers = site.Kind switch
        {
            SiteKind.Projector => [],
            SiteKind.Embeddings => [0],
            _ => [site.Layer],
        };
        var queries = site.Tower == Tower.Language ? network.TokensOf(row, whole).Queries[0] : [];
        return new Change(site.Tower, layers, text, byRow || whole.DependsOnRegion, queries.Take(_prefix).Contains(true), queries.Skip(_prefix).Contains(true));
    }

    /// <summary>Something that a condition does.</summary>
    private sealed record Change(Tower Tower, ImmutableArray<int> Layers, string Text, bool ByRow, bool InPrefix, bool InSuffix);
}
