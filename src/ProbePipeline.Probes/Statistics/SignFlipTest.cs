namespace ProbePipeline.Probes.Statistics;

/// <summary>
/// Whether paired differences are centred at 0, their signs being exchangeable picture by picture (Fisher 1935, "The design of experiments", 21; for
/// clusters Winkler et al. 2014, "Permutation inference for the general linear model"): two-sided, on the absolute mean over rows. Every sign pattern where
/// few pictures differ; otherwise drawn patterns, the observed one counted among them (Phipson and Smyth 2010).
/// </summary>
public sealed class SignFlipTest
{
    private const int MostExact = 16;

    private readonly ClusterDraws _flips;
    private readonly int _count;

    /// <param name="clusters">For every row its picture.</param>
    /// <param name="count">Number of drawn patterns.</param>
    /// <param name="seed">Another seed, other patterns.</param>
    public SignFlipTest(IReadOnlyCollection<int> clusters, int count, long seed)
    {
        var random = new RandomStream(seed, "sign flips");
        _count = count;
        _flips = new ClusterDraws(clusters, count, taken =>
        {
            for (var cluster = 0; cluster < taken.Length; cluster++)
            {
                taken[cluster] = (byte)random.Below(2);
            }
        });
    }

    /// <summary>The two-sided p-value.</summary>
    /// <param name="differences">A number a row.</param>
    /// <exception cref="ProbeException">There is not a number for every row.</exception>
    public double PValue(IReadOnlyList<double> differences)
    {
        var sums = _flips.ClusterSums(differences);
        double[] changed = [.. sums.Where(sum => sum != 0)];
        var observed = Math.Abs(changed.Sum());
        // Sums of the same numbers in another order differ by rounding.
        var enough = observed - (1e-12 * Math.Max(1, changed.Sum(Math.Abs)));
        if (changed.Length <= MostExact)
        {
            return Patterns(changed).Average(sum => Math.Abs(sum) >= enough ? 1.0 : 0);
        }

        // Taken with the one sign and left with the other.
        var total = sums.Sum();
        return (1.0 + _flips.Sums(sums).Count(taken => Math.Abs((2 * taken) - total) >= enough)) / (1 + _count);
    }

    private static IEnumerable<double> Patterns(double[] sums) =>
        Enumerable.Range(0, 1 << sums.Length).Select(pattern => sums.Select((sum, place) => (pattern >> place & 1) == 0 ? sum : -sum).Sum());
}
