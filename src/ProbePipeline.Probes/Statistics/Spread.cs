namespace ProbePipeline.Probes.Statistics;

/// <summary>How far repetitions lie apart.</summary>
internal static class Spread
{
    /// <summary>Standard deviation with n - 1 in the denominator, for two numbers and more.</summary>
    public static double Deviation(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }
}
