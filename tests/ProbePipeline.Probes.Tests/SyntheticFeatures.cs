using System.Collections.Immutable;

namespace ProbePipeline.Probes.Tests;

/// <summary>Seeded features whose probes' answers are known.</summary>
internal static class SyntheticFeatures
{
    /// <summary>Numbers about 0 with standard deviation 1: sums of twelve even draws.</summary>
    public static float[] Noise(int count, long seed)
    {
        var random = new RandomStream(seed, "features");
        return [.. Enumerable.Range(0, count).Select(_ => (float)Enumerable.Range(0, 12).Sum(_ => (random.Below(1_000_001) / 1e6) - 0.5))];
    }

    /// <summary>Noise of which column c is raised by <paramref name="distance"/> in the rows of class c.</summary>
    public static FeatureMatrix Separable(ImmutableArray<int> labels, int width, long seed, float distance = 20)
    {
        var values = Noise(labels.Length * width, seed);
        foreach (var (row, label) in labels.Index())
        {
            values[(row * width) + label] += distance;
        }

        return new FeatureMatrix(values, width);
    }
}
