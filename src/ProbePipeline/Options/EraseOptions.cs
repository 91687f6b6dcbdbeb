using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Options;

/// <summary>
/// Erasing during the forward pass: what a linear classifier could read of a field is taken out of the states of a site (LEACE, Belrose et al. 2023,
/// arXiv 2306.03819), fitted on the first condition's pooled states of the training rows.
/// </summary>
/// <param name="Field">The field of a row that is erased.</param>
/// <param name="Site">Where; among the sites that are captured, since the eraser is fitted on them.</param>
/// <param name="Tokens">Whose states.</param>
public sealed record EraseOptions(string Field, Site Site, TokenSet Tokens)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Site}, tokens {Tokens}: {Field} is erased";
}
