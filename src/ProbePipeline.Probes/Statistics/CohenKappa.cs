namespace ProbePipeline.Probes.Statistics;

/// <summary>Agreement of two yes-or-no judgements beyond chance (Cohen 1960): 1 where they agree always, 0 where as often as their shares of yes make likely.</summary>
public static class CohenKappa
{
    /// <summary>Kappa from shares.</summary>
    /// <param name="first">Share of yes of the first.</param>
    /// <param name="second">Share of yes of the second.</param>
    /// <param name="both">Share of rows with yes of both.</param>
    /// <returns>Kappa; 0 where both always say the same one thing, so that chance explains all agreement.</returns>
    public static double Of(double first, double second, double both)
    {
        var agreed = 1 - first - second + (2 * both);
        var byChance = (first * second) + ((1 - first) * (1 - second));
        return byChance >= 1 - 1e-12 ? 0 : (agreed - byChance) / (1 - byChance);
    }
}
