using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Options;

/// <summary>Activation patching: states that a condition takes from another one, for the same tokens of the same row or of another one.</summary>
/// <param name="Site">Where.</param>
/// <param name="Tokens">Whose states.</param>
/// <param name="From">The condition that they are taken from.</param>
public sealed record PatchOptions(Site Site, TokenSet Tokens, string From)
{
    /// <summary>The row that they are taken from.</summary>
    public PatchRows Rows { get; init; } = PatchRows.Same;

    /// <inheritdoc/>
    public override string ToString() => Rows switch
    {
        PatchRows.Other => $"{Site}, tokens {Tokens}: the states of another picture's row under {From}",
        PatchRows.OtherMean => $"{Site}, tokens {Tokens}: the mean state of another picture's row under {From}",
        _ => $"{Site}, tokens {Tokens}: the states of {From}",
    };
}
