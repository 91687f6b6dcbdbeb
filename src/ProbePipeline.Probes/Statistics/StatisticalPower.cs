namespace ProbePipeline.Probes.Statistics;

/// <summary>What a run could have seen.</summary>
public static class StatisticalPower
{
    /// <summary>
    /// The smallest true difference that a two-sided test at 5 % finds with 80 % probability: (1.96 + 0.84) standard errors (Bloom 1995, "Minimum detectable
    /// effects").
    /// </summary>
    /// <param name="standardError">Standard error of the difference, above 0: one of 0 says that nothing differed, and not that everything would be found.</param>
    public static double SmallestDetectable(double standardError) => (NormalQuantiles.TwoSided95 + NormalQuantiles.Power80) * standardError;
}
