using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Interventions;

/// <summary>
/// Directions are taken out of the states of a site. Generated tokens are among the tokens wherever the last prompt token is, as they are among the queries
/// of an <see cref="AttentionBlock"/>.
/// </summary>
/// <param name="Site">Where.</param>
/// <param name="Tokens">Whose states.</param>
/// <param name="Edit">What is taken out; as wide as the site.</param>
public sealed record StateErasure(Site Site, TokenSet Tokens, LinearEdit Edit) : StateEdit(Site, Tokens)
{
    /// <inheritdoc/>
    public override string ToString() => $"erasure of {Edit.Rank} directions at {Site}, tokens {Tokens}";
}
