using System.Collections.Immutable;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Masks;

/// <summary>The shortest way that blocks leave through a tower, from what is outside a row's region to somewhere else.</summary>
/// <param name="Tower">The tower.</param>
/// <param name="From">Where the information lies.</param>
/// <param name="To">Where it could arrive.</param>
/// <param name="Exists">Whether there is a way at all.</param>
/// <param name="Through">The kinds of token between the two, in order; empty where one attends to the other directly.</param>
public sealed record RemainingPath(Tower Tower, TokenSet From, TokenSet To, bool Exists, ImmutableArray<TokenSet> Through)
{
    /// <summary><c>none</c>, <c>directly</c>, or <c>through cls</c>.</summary>
    public string Way => !Exists ? "none" : Through.IsEmpty ? "directly" : $"through {string.Join(" and ", Through)}";
}
