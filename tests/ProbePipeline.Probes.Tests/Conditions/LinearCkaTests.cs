using System.Collections.Immutable;
using ProbePipeline.Probes.Conditions;

namespace ProbePipeline.Probes.Tests.Conditions;

public sealed class LinearCkaTests
{
    private static readonly ImmutableArray<int> Rows = [.. Enumerable.Range(0, 50)];

    [Theory]
    [InlineData(6)]
    [InlineData(80)]
    public void Of_RotatedScaledAndMoved_IsOne(int width)
    {
        var values = SyntheticFeatures.Noise(50 * width, 1);
        float[] changed = [.. values];
        for (var row = 0; row < 50; row++)
        {
            for (var column = 0; column + 1 < width; column++)
            {
                var (first, second) = (changed[(row * width) + column], changed[(row * width) + column + 1]);
                (changed[(row * width) + column], changed[(row * width) + column + 1]) = ((0.6f * first) - (0.8f * second), (0.8f * first) + (0.6f * second));
            }
        }

        changed = [.. changed.Select((value, place) => (value * 3) + (place % width))];

        Assert.Equal(1, LinearCka.Of(new FeatureMatrix(values, width), new FeatureMatrix(changed, width), Rows)!.Value, 1e-6);
    }

    [Fact]
    public void Of_OneColumnStretched_IsLower()
    {
        var values = SyntheticFeatures.Noise(50 * 6, 1);
        float[] stretched = [.. values.Select((value, place) => place % 6 == 0 ? value * 5 : value)];

        Assert.InRange(LinearCka.Of(new FeatureMatrix(values, 6), new FeatureMatrix(stretched, 6), Rows)!.Value, 0.3, 0.7);
    }

    [Fact]
    public void Of_FewerRowsThanColumns_IsTheSameFromRowsAndColumns()
    {
        // Columns of zeros change no product, only the way that is shorter.
        var (one, other) = (SyntheticFeatures.Noise(50 * 6, 1), SyntheticFeatures.Noise(50 * 6, 2));

        var byColumns = LinearCka.Of(new FeatureMatrix(one, 6), new FeatureMatrix(other, 6), Rows);
        var byRows = LinearCka.Of(Widened(one), Widened(other), Rows);

        Assert.InRange(byColumns!.Value, 0.01, 0.3);
        Assert.Equal(byColumns.Value, byRows!.Value, 1e-12);
    }

    [Fact]
    public void Of_SomeRows_ReadsNoOthers()
    {
        var (one, other) = (SyntheticFeatures.Noise(50 * 3, 1), SyntheticFeatures.Noise(50 * 3, 2));
        ImmutableArray<int> first = [.. Rows.Take(20)];
        float[] longer = [.. other[..60], .. SyntheticFeatures.Noise(90, 3)];

        Assert.Equal(
            LinearCka.Of(new FeatureMatrix(one, 3), new FeatureMatrix(other, 3), first), LinearCka.Of(new FeatureMatrix(one, 3), new FeatureMatrix(longer, 3), first));
    }

    [Fact]
    public void Of_ConstantStates_IsNothing() => Assert.Null(LinearCka.Of(
        new FeatureMatrix(SyntheticFeatures.Noise(150, 1), 3), new FeatureMatrix([.. Enumerable.Repeat(0.1f, 150)], 3), Rows));

    [Fact]
    public void Of_OtherNumberOfRows_SaysHowMany()
    {
        var error = Assert.Throws<ProbeException>(() => LinearCka.Of(new FeatureMatrix([1, 2], 1), new FeatureMatrix([1, 2, 3], 1), [0]));

        Assert.Contains("2 and 3 rows", error.Message, StringComparison.Ordinal);
    }

    private static FeatureMatrix Widened(float[] values) => new([.. Rows.SelectMany(row => values.Skip(row * 6).Take(6).Concat(new float[60]))], 66);
}
