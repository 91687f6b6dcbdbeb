using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Interventions;

/// <summary>
/// Activation patching (Vig et al. 2020, arXiv 2004.12265; Meng et al. 2022, arXiv 2202.05262): the states of a row's tokens are replaced by those that were
/// captured in another forward pass, token by token in the order of their positions.
/// </summary>
/// <param name="Site">Where.</param>
/// <param name="Tokens">Whose states; prompt tokens alone, since a generated one has no counterpart.</param>
/// <param name="Donor">
/// The states to put in their place, for every row of the batch as many as it has tokens of the set: what <see cref="CaptureOf"/> keeps. The caller's, and alive
/// until the forward is over.
/// </param>
public sealed record StatePatch(Site Site, TokenSet Tokens, RowStates Donor) : StateEdit(Site, Tokens)
{
    /// <summary>Whether the donor holds one state a row, which each of the row's tokens gets: what <see cref="MeanOf"/> keeps.</summary>
    public bool Spread { get; init; }

    /// <summary>The capture whose states can be a donor: every token of the set by itself, nothing pooled.</summary>
    public static SiteCapture CaptureOf(Site site, TokenSet tokens) => new(site, new Pooling($"each of {TokenSetText.Write(tokens)}", tokens, tokens, Reduction.None));

    /// <summary>The capture whose states can be a donor that is <see cref="Spread"/>: the mean over the tokens of the set.</summary>
    public static SiteCapture MeanOf(Site site, TokenSet tokens) => new(site, new Pooling($"mean of {TokenSetText.Write(tokens)}", tokens, tokens, Reduction.Mean));

    /// <inheritdoc/>
    public override string ToString() => $"patch of {Site}, tokens {Tokens}";
}
