using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ProbePipeline.Inputs;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// The beginnings of prompts, up to about the last image token: questions about one picture have one in common, and so have conditions that cut alike there,
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

        var blocks = request.Blocks.Where(block => block.Tower == Tower.Language).ToArray();
        var perRow = SharedTiles.ArePerRow(request) || request.Edits.Any(edit => edit.Site.Tower == Tower.Language) || blocks.Any(block => block.Means is not null);
        var pictures = new Dictionary<(ReadOnlyMemory<float> Pixels, ImageTokenLayout Layout), int>();
        var groups = tokens.Rows.Index().GroupBy(row => perRow ? $"{row.Index}" : Beginning(tokens, row.Index, blocks, pictures), row => row.Index).ToArray();
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

    // Pictures, tokens, and between which of them is cut.
    private static string Beginning(BatchTokens tokens, int row, AttentionBlock[] blocks, Dictionary<(ReadOnlyMemory<float>, ImageTokenLayout), int> pictures)
    {
        var (first, last) = (tokens.Paddings[row], Following(tokens, row));
        var shown = tokens.Batch.Rows[row].Pictures.Select(picture =>
        {
            pictures.TryAdd((picture.Pixels, picture.Layout), pictures.Count);
            return pictures[(picture.Pixels, picture.Layout)];
        });
        var cuts = blocks.Select(block =>
        {
            try
            {
                var queries = tokens.Rows[row].Queries(block.From)[first..last];
                return queries.Contains(true) ? $"{Bits(queries)} {Bits(tokens.Rows[row].Members(block.To)[first..last])}" : "";
            }
            catch (MaskException error)
            {
                throw new MaskException($"[{block}], row {row}: {error.Message}", error);
            }
        });
        return $"{string.Join(' ', shown)}: {string.Join(' ', tokens.Batch.Rows[row].TokenIds[..(last - first)])}: {string.Join(", ", cuts)}";
    }

    private static string Bits(bool[] members) => string.Create(members.Length, members, (text, from) =>
    {
        foreach (var (place, member) in from.Index())
        {
            text[place] = member ? '1' : '0';
        }
    });
}
