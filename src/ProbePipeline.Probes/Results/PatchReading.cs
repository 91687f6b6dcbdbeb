using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>What a probe says of one patch of a picture.</summary>
/// <param name="Place">Where the patch lies.</param>
/// <param name="Probabilities">A number a class.</param>
public sealed record PatchReading(PatchPlace Place, ImmutableArray<double> Probabilities)
{
    /// <summary>The likeliest class; of equals the first.</summary>
    public PatchDecision Likeliest => Of(Probabilities.IndexOf(Probabilities.Max()));

    /// <summary>One class, likely or not.</summary>
    /// <param name="label">The class's index.</param>
    public PatchDecision Of(int label) => new(Place, label, Probabilities[label]);
}
