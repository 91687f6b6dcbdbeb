using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// The beginnings of prompts, up to about the last image token: questions about one picture have one in common, and so have conditions that do the same there,
/// since a causal decoder computes a beginning without what follows. A row that is longer behind its picture than others are is cut later in its picture's tokens
/// than they; those that are shorter compute the last of their image tokens once more by themselves.
/// </summary>
/// <param name="Length">Positions of the batch that belong to beginnings; what follows stands at the same positions in every row.</param>
/// <param name="Rows">For every distinct beginning a row that has the whole of it.</param>
/// <param name="Slots">For every row its beginning.</param>
/// <param name="Shifts">For every row by how many positions its beginning lies further to the right than in that row.</param>
internal sealed record SharedPrefixes(int Length, ImmutableArray<int> Rows, ImmutableArray<int> Slots, ImmutableArray<int> Shifts)
{
    /// <summary>Equal where two requests part the rows in the same way.</summary>
    public string Key { get; } = $"{Length}: {string.Join(' ', Slots)}";

    /// <param name="decoder">The decoder.</param>
    /// <param name="tokens">The batch.</param>
    /// <param name="request">What is done.</param>
    /// <returns>Null where beginnings cannot be computed apart: it depends on the request and the batch alone, never on other requests.</returns>
    /// <exception cref="MaskException">A block names what a row does not have.</exception>
    public static SharedPrefixes? Of(DecoderConfig decoder, BatchTokens tokens, ForwardRequest request)
    {
        var length = tokens.Batch.Length - Math.Max(1, tokens.Rows.Select((_, row) => tokens.Batch.Length - Following(tokens, row)).Max());
        if (length <= 0 || !CanPart(decoder, tokens, request))
        {
            return null;
        }

        using var scope = NewDisposeScope();
        var beginnings = new PromptBeginnings(tokens, request);
        var perRow = SharedTiles.ArePerRow(request);
        var groups = tokens.Rows.Index().GroupBy(row => perRow ? $"{row.Index}" : beginnings.Of(row.Index, Following(tokens, row.Index)), row => row.Index).ToArray();
        ImmutableArray<int> rows = [.. groups.Select(group => group.MinBy(row => tokens.Paddings[row]))];
        var slots = new int[tokens.Rows.Length];
        foreach (var (slot, row) in groups.Index().SelectMany(group => group.Item.Select(row => (group.Index, row))))
        {
            slots[row] = slot;
        }

        return new SharedPrefixes(length, rows, ImmutableCollectionsMarshal.AsImmutableArray(slots), [.. slots.Select((slot, row) => tokens.Paddings[row] - tokens.Paddings[rows[slot]])]);
    }

    /// <summary>The blocks that cut anything among beginnings.</summary>
    public IEnumerable<AttentionBlock> Blocks(BatchTokens tokens, IEnumerable<AttentionBlock> blocks) =>
        blocks.Where(block => block.Tower == Tower.Language && Rows.Any(row => tokens.Rows[row].Queries(block.From).AsSpan(0, Length).Contains(true)));

    // Attention patterns are those of whole rows; and a beginning must not see what follows, nor be turned by another row's length.
    private static bool CanPart(DecoderConfig decoder, BatchTokens tokens, ForwardRequest request) =>
        !decoder.HasBidirectionalPrefix
        && !request.Patterns.Any(pattern => pattern.Tower == Tower.Language)
        && tokens.Paddings.Select(padding => decoder.Rotary.IsLong(tokens.Batch.Length - padding)).Distinct().Count() == 1;

    /// <summary>Where what follows the last image token begins.</summary>
    private static int Following(BatchTokens tokens, int row) => tokens.ImagePositions[row].IsEmpty ? tokens.Paddings[row] : tokens.ImagePositions[row][^1] + 1;
}
