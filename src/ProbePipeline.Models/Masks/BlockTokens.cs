using System.Collections.Immutable;

namespace ProbePipeline.Models.Masks;

/// <summary>The tokens between which a block cuts in one row: one list a sequence, which is a tile in the vision tower (class tokens first) or the row in the language model.</summary>
/// <param name="Queries">For every sequence and position whether it is one of the block's queries.</param>
/// <param name="Keys">The same of its keys.</param>
public sealed record BlockTokens(ImmutableArray<ImmutableArray<bool>> Queries, ImmutableArray<ImmutableArray<bool>> Keys)
{
    internal static BlockTokens Of(AttentionBlock block, IReadOnlyList<TokenSequence> sequences) => new(
        [.. sequences.Select(sequence => ImmutableArray.Create(sequence.Queries(block.From)))],
        [.. sequences.Select(sequence => ImmutableArray.Create(sequence.Members(block.To)))]);
}
