using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture;

/// <summary>
/// Activation patching from another condition: the states of a row's tokens are those that the same tokens of the same row, or of another one, have at that site
/// under the donor.
/// </summary>
/// <param name="Site">Where.</param>
/// <param name="Tokens">Whose states: prompt tokens.</param>
/// <param name="Donor">The condition that they are taken from; it has no patches of its own.</param>
public sealed record ConditionPatch(Site Site, TokenSet Tokens, CaptureCondition Donor)
{
    /// <summary>The columns that hold, beside every row, the other row that it takes states from; null: it takes its own.</summary>
    public InputColumns? DonorRow { get; init; }

    /// <summary>Whether every token gets the mean over the donor's tokens; otherwise states are taken token by token, and the donor must have as many.</summary>
    public bool Mean { get; init; }

    /// <summary>What is kept of the donor.</summary>
    internal SiteCapture Capture => Mean ? StatePatch.MeanOf(Site, Tokens) : StatePatch.CaptureOf(Site, Tokens);

    /// <inheritdoc/>
    public override string ToString() => $"{Site}, tokens {Tokens}: {(Mean ? "the mean state" : "the states")} of {(DonorRow is null ? "" : "another row under ")}{Donor.Name}";
}
