using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Masks;

/// <summary>
/// Finds what blocks leave open. Information stays where it is for nothing (the residual stream) and moves from a key to its queries, one step a
/// layer, in any head that attends. What blocks do not cut is as important as what they cut.
/// </summary>
internal static class PathSearch
{
    /// <param name="mask">The tower's masks.</param>
    /// <param name="index">The sequence's place among those of the masks.</param>
    /// <param name="sequence">The row's tokens.</param>
    /// <param name="tower">The tower.</param>
    /// <param name="from">Where the information lies.</param>
    /// <param name="to">Where it could arrive.</param>
    /// <param name="kinds">The sets by which tokens between are named; the first that holds a token names it.</param>
    public static RemainingPath Shortest(AttentionMask mask, int index, TokenSequence sequence, Tower tower, TokenSet from, TokenSet to, IReadOnlyList<TokenSet> kinds)
    {
        var targets = sequence.Members(to);
        var ways = sequence.Members(from).Select((member, token) => member ? new Way(0, token, null) : null).ToArray();
        var direct = false;
        for (var layer = 0; layer < mask.LayerCount; layer++)
        {
            ways = Step(ways, Allowed(mask[layer], index, sequence.Length));
            direct |= ways.Where((way, token) => targets[token] && way?.Steps == 1).Any();
            if (direct)
            {
                break;
            }
        }

        var best = ways.Where((way, token) => targets[token] && way is not null).MinBy(way => way!.Steps);
        if (best is null)
        {
            return new RemainingPath(tower, from, to, Exists: false, []);
        }

        var members = kinds.Where(sequence.Has).Select(kind => (Kind: kind, Members: sequence.Members(kind))).ToArray();
        var between = best.Tokens().Skip(1).SkipLast(1).Select(token => members.First(kind => kind.Members[token]).Kind);
        return new RemainingPath(tower, from, to, Exists: true, [.. between.Distinct()]);
    }

    private static Way?[] Step(Way?[] ways, bool[,]? allowed)
    {
        var next = new Way?[ways.Length];
        for (var query = 0; query < ways.Length; query++)
        {
            next[query] = ways[query];
            for (var key = 0; key < ways.Length; key++)
            {
                if (ways[key] is { } way && way.Steps + 1 < (next[query]?.Steps ?? int.MaxValue) && (allowed is null || allowed[query, key]))
                {
                    next[query] = new Way(way.Steps + 1, query, way);
                }
            }
        }

        return next;
    }

    // [rows or 1, heads or 1, Q, K] -> [Q, K]
    private static bool[,]? Allowed(Tensor? mask, int index, int length)
    {
        if (mask is null)
        {
            return null;
        }

        using var row = mask.select(0, mask.shape[0] == 1 ? 0 : index);
        using var anyHead = row.any(0);
        using var any = anyHead.cpu();
        var flat = any.data<bool>().ToArray();
        var allowed = new bool[length, length];
        Buffer.BlockCopy(flat, 0, allowed, 0, flat.Length);
        return allowed;
    }

    /// <summary>How information came to a token.</summary>
    private sealed record Way(int Steps, int Token, Way? Before)
    {
        public IEnumerable<int> Tokens() => Before is null ? [Token] : Before.Tokens().Append(Token);
    }
}
