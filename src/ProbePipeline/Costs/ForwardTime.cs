namespace ProbePipeline.Costs;

/// <summary>
/// How long forwards take. Beside matrix products they read and write states (norms, activations, softmax): work that grows with a tower's width where products
/// grow with its square. So of the rate of products a tower of width D reaches D / (D + <see cref="Beside"/>).
/// </summary>
internal static class ForwardTime
{
    /// <summary>The width at which what is not a matrix product takes as long as products do. An estimate on the cautious side for the CPU.</summary>
    public const double Beside = 150;

    /// <summary>The share of the rate of matrix products that a tower reaches.</summary>
    public static double Share(TowerShape tower) => tower.Width / (tower.Width + Beside);

    /// <summary>Seconds of forwards.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cost">What is computed.</param>
    /// <param name="rate">Operations a second of matrix products.</param>
    public static double Seconds(NetworkShape network, ForwardCost cost, double rate) =>
        ((network.Vision is { } vision ? cost.VisionOperations / Share(vision) : 0)
            + (network.Language is { } language ? (cost.PrefixOperations + cost.SuffixOperations + cost.HeadOperations) / Share(language) : 0)) / rate;
}
