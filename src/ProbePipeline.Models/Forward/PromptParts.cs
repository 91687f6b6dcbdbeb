using System.Collections.Immutable;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// A batch as it goes through a decoder: whole rows, or rows behind beginnings that are computed apart. It owns the masks that are made for it.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="tokens">The batch.</param>
/// <param name="prefixes">The beginnings; null: whole rows.</param>
/// <param name="first">The first position that is computed; what is before it lies in a cache, or belongs to beginnings.</param>
internal sealed class PromptParts(Network network, BatchTokens tokens, SharedPrefixes? prefixes, int first = 0) : IDisposable
{
    private readonly SharedMasks _masks = new();
    private readonly SharedMasks _prefixMasks = new();

    /// <summary>The batch.</summary>
    public BatchTokens Tokens { get; } = tokens;

    /// <summary>The beginnings; null: whole rows.</summary>
    public SharedPrefixes? Prefixes { get; } = prefixes;

    /// <summary>How rows attend to them.</summary>
    public PrefixSharing? Sharing { get; } = prefixes is null ? null : new PrefixSharing(prefixes.Length, prefixes.Slots, prefixes.Shifts);

    /// <summary>The first position that is computed of every row itself.</summary>
    public int First { get; } = prefixes?.Length ?? first;

    /// <summary>The beginnings as rows.</summary>
    private ImmutableArray<TokenSequence> PrefixRows { get; } = prefixes is null ? [] : [.. prefixes.Rows.Select(row => tokens.Rows[row].Until(prefixes.Length))];

    /// <summary>What a request cuts in the rows.</summary>
    public AttentionMask Mask(IReadOnlyList<AttentionBlock> blocks) => Build(Tokens.Rows, blocks, First, _masks);

    /// <summary>What it cuts in the beginnings; null where there are none.</summary>
    public AttentionMask? PrefixMask(IEnumerable<AttentionBlock> blocks) => Prefixes is null ? null : Build(PrefixRows, [.. Prefixes.Blocks(Tokens, blocks)], 0, _prefixMasks);

    /// <summary>How many different masks were made.</summary>
    public int MaskCount => _masks.Made.Count + _prefixMasks.Made.Count;

    public void Dispose()
    {
        Sharing?.Dispose();
        _masks.Dispose();
        _prefixMasks.Dispose();
    }

    private AttentionMask Build(IReadOnlyList<TokenSequence> rows, IReadOnlyList<AttentionBlock> blocks, int firstQuery, SharedMasks masks) =>
        AttentionMask.Build(Tower.Language, network.Decoder!.AttentionShape, rows, blocks, firstQuery, network.Device, masks);
}
