using System.Collections.Immutable;

namespace ProbePipeline.Models;

/// <summary>One row of a batch: a prompt with its pictures.</summary>
/// <param name="TokenIds">
/// The prompt's tokens without padding, one placeholder for every image token: the model's image token id, or any negative id.
/// Empty for a vision tower alone.
/// </param>
/// <param name="Pictures">The pictures, in the order in which their placeholders stand.</param>
/// <param name="GeneratedCount">How many tokens at the end are an answer rather than prompt; blocks hold for them as for generated tokens.</param>
public sealed record PromptRow(ImmutableArray<int> TokenIds, ImmutableArray<PictureInput> Pictures, int GeneratedCount = 0)
{
    /// <summary>A row without pictures.</summary>
    public PromptRow(ImmutableArray<int> tokenIds)
        : this(tokenIds, [])
    {
    }
}
