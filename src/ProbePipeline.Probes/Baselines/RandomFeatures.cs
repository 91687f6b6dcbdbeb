namespace ProbePipeline.Probes.Baselines;

/// <summary>Vectors that say nothing about their rows: what a probe finds in them, it owes to their number of columns and to chance.</summary>
public static class RandomFeatures
{
    /// <summary>Independent numbers of mean 0 and standard deviation 1, by Box and Muller (1958).</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Numbers a row.</param>
    /// <param name="seed">Another seed, other numbers; another width too.</param>
    /// <returns>[rows, width]</returns>
    public static FeatureMatrix Of(int rows, int width, long seed)
    {
        var random = new RandomStream(seed, FormattableString.Invariant($"random features of width {width}"));
        var values = new float[rows * width];
        for (var place = 0; place < values.Length; place++)
        {
            // From 1 up, since 0 has no logarithm.
            var (radius, angle) = (Math.Sqrt(-2 * Math.Log((random.Below(int.MaxValue) + 1.0) / int.MaxValue)), 2 * Math.PI * random.Below(int.MaxValue) / int.MaxValue);
            values[place] = (float)(radius * Math.Cos(angle));
        }

        return new FeatureMatrix(values, width);
    }
}
