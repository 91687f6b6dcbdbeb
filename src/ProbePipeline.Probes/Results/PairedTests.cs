namespace ProbePipeline.Probes.Results;

/// <summary>Tests of a difference on the same test rows.</summary>
/// <param name="SignFlip">The primary test's two-sided p-value: signs flipped picture by picture.</param>
/// <param name="McNemar">McNemar's exact two-sided p-value, which takes rows as independent although rows of a picture are alike.</param>
/// <param name="SmallestDetectable">
/// The smallest true difference that a test at 5 % would have found in 80 % of such runs; null where every row is as it was, since the standard error is
/// estimated from rows that differ.
/// </param>
public sealed record PairedTests(double SignFlip, double McNemar, double? SmallestDetectable)
{
    /// <summary><see cref="SignFlip"/> adjusted by Holm for the number of sites under the condition; null where the difference is not one of several.</summary>
    public double? Holm { get; init; }

    /// <summary><see cref="SignFlip"/> adjusted by Benjamini and Hochberg for the same sites.</summary>
    public double? BenjaminiHochberg { get; init; }
}
