using System.Collections.Immutable;
using ProbePipeline.Probes.Erasure;

namespace ProbePipeline.Probes.Tests.Erasure;

public sealed class LeaceTests
{
    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, 120).Select(row => row % 7 % 4)];
    private static readonly ImmutableArray<int> All = [.. Enumerable.Range(0, 120)];

    [Theory]
    [InlineData("few columns", 9, 3)]
    [InlineData("more columns than rows", 300, 3)]
    [InlineData("columns twice", 12, 3)]
    [InlineData("huge and tiny columns", 9, 3)]
    [InlineData("far from zero", 9, 3)]
    [InlineData("fewer columns than classes", 2, 2)]
    public void Fit_AnyFeatures_LeavesAllClassesTheSameMean(string kind, int width, int rank)
    {
        var features = Features(kind, width);

        var eraser = Leace.Fit(features, All, Labels, 4);
        var erased = eraser.Apply(features);

        Assert.Equal(rank, eraser.Rank);
        for (var column = 0; column < width; column++)
        {
            double[] values = [.. All.Select(row => (double)erased[row][column])];
            var spread = Math.Sqrt(All.Average(row => Math.Pow(features[row][column] - All.Average(other => (double)features[other][column]), 2)));
            for (var index = 0; index < 4; index++)
            {
                var difference = All.Where(row => Labels[row] == index).Average(row => values[row]) - values.Average();
                // What is erased is written down as floats again.
                var rounding = (3e-6 * spread) + (1e-7 * Math.Abs(values.Average()));
                Assert.True(Math.Abs(difference) < rounding, FormattableString.Invariant($"{kind}, column {column}, class {index}: {difference} of {spread}"));
            }
        }
    }

    [Fact]
    public void Fit_RotatedFeatures_ErasesTheSameRotated()
    {
        var features = Features("few columns", 9);
        float[] turned = [.. All.SelectMany(row => Turned(features[row].ToArray()))];

        var erased = Leace.Fit(features, All, Labels, 4).Apply(features);
        var erasedTurned = Leace.Fit(new FeatureMatrix(turned, 9), All, Labels, 4).Apply(new FeatureMatrix(turned, 9));

        foreach (var row in All)
        {
            foreach (var (expected, found) in Turned(erased[row].ToArray()).Zip(erasedTurned[row].ToArray()))
            {
                Assert.Equal(expected, found, 2e-5f);
            }
        }
    }

    [Fact]
    public void Fit_OtherRows_ChangesWhatTheyShareWithTheFitted()
    {
        // Only the first half is fitted on; the second has the same class means but for chance.
        var features = Features("few columns", 9);
        ImmutableArray<int> half = [.. All.Take(60)];

        var erased = Leace.Fit(features, half, Labels, 4).Apply(features);

        var before = Distance(features, [.. All.Skip(60)]);
        var after = Distance(erased, [.. All.Skip(60)]);
        Assert.InRange(after, 0, before / 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_NothingToErase_ChangesNothing(bool oneClass)
    {
        var features = oneClass ? Features("few columns", 9) : new FeatureMatrix([.. Enumerable.Repeat(0.1f, 120 * 9)], 9);

        var eraser = Leace.Fit(features, All, oneClass ? [.. Enumerable.Repeat(2, 120)] : Labels, 4);

        Assert.Equal(0, eraser.Rank);
        Assert.Equal(features[7].ToArray(), eraser.Apply(features)[7].ToArray());
    }

    [Fact]
    public void Fit_LabelOutside_SaysWhatItExpects()
    {
        var error = Assert.Throws<ProbeException>(() => Leace.Fit(Features("few columns", 9), All, Labels, 3));

        Assert.Contains("from 0 to 2", error.Message, StringComparison.Ordinal);
    }

    private static FeatureMatrix Features(string kind, int width)
    {
        var values = SyntheticFeatures.Noise(120 * width, 5);
        for (var row = 0; row < 120; row++)
        {
            for (var column = 0; column < width; column++)
            {
                ref var value = ref values[(row * width) + column];
                value += Labels[row] * (column % 3) * (column == 1 ? -1 : 0.7f);
                value = (kind, column) switch
                {
                    ("columns twice", > 5) => values[(row * width) + column - 6] * 2,
                    ("huge and tiny columns", 2) => value * 1e8f,
                    ("huge and tiny columns", 4) => value * 1e-3f,
                    ("huge and tiny columns", 5) => value + 500,
                    ("far from zero", _) => value + 1e6f,
                    _ => value,
                };
            }
        }

        // Classes must differ in three directions for three to be erased.
        foreach (var (row, label) in Labels.Index().Where(_ => width > 3))
        {
            values[(row * width) + 3] += label == 1 ? 2 : 0;
            values[row * width] += label == 2 ? 2 : 0;
        }

        return new FeatureMatrix(values, width);
    }

    // Neighbouring pairs of columns, each by its own angle.
    private static float[] Turned(float[] row)
    {
        for (var column = 0; column + 1 < row.Length; column++)
        {
            var (sine, cosine) = ((float)Math.Sin(column + 0.3), (float)Math.Cos(column + 0.3));
            (row[column], row[column + 1]) = ((cosine * row[column]) - (sine * row[column + 1]), (sine * row[column]) + (cosine * row[column + 1]));
        }

        return row;
    }

    // Between the means of the classes 0 and 3.
    private static double Distance(FeatureMatrix features, ImmutableArray<int> rows) => Math.Sqrt(Enumerable.Range(0, features.Width).Sum(column => Math.Pow(
        rows.Where(row => Labels[row] == 0).Average(row => (double)features[row][column]) - rows.Where(row => Labels[row] == 3).Average(row => (double)features[row][column]), 2)));
}
