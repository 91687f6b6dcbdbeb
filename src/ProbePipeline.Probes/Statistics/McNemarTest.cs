namespace ProbePipeline.Probes.Statistics;

/// <summary>
/// Whether two classifiers are right equally often on the same rows, rows being independent (McNemar 1947, exact by the binomial distribution). Where rows
/// come in pictures it ignores that they are alike: <see cref="SignFlipTest"/> is the primary test.
/// </summary>
public static class McNemarTest
{
    /// <summary>The two-sided p-value.</summary>
    /// <param name="onlyFirst">Rows that only the first has right.</param>
    /// <param name="onlySecond">Rows that only the second has right.</param>
    public static double PValue(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        var count = onlyFirst + onlySecond;
        // In logarithms: 2^-count is no double from 1 075 rows on.
        var logTerm = -count * Math.Log(2);
        var sum = Math.Exp(logTerm);
        for (var hits = 1; hits <= Math.Min(onlyFirst, onlySecond); hits++)
        {
            logTerm += Math.Log((double)(count - hits + 1) / hits);
            sum += Math.Exp(logTerm);
        }

        return Math.Min(1, 2 * sum);
    }
}
