using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Tests.Training;

namespace ProbePipeline.Probes.Tests.Statistics;

public sealed class SignFlipTestTests
{
    [Fact]
    [Trait("Category", "Golden")]
    public void PValue_ScienceCase_IsThatOfEveryPattern()
    {
        var reference = ScienceProblem.Whole.GetProperty("sign_flip_test");
        double[] differences = [.. reference.GetProperty("differences").EnumerateArray().Select(value => value.GetDouble())];

        var p = new SignFlipTest([.. Enumerable.Range(0, differences.Length)], 100, 0).PValue(differences);

        Assert.Equal(reference.GetProperty("exact_two_sided_p").GetDouble(), p, 1e-12);
    }

    [Fact]
    public void PValue_RowsOfAPicture_AreFlippedTogether()
    {
        // Three pictures that all say the same: 2 of 8 patterns are as extreme, however many rows they have.
        int[] images = [0, 0, 0, 1, 1, 2];

        Assert.Equal(0.25, new SignFlipTest(images, 10, 0).PValue([1, 1, 1, 1, 1, 1]), 1e-12);
    }

    [Fact]
    public void PValue_NoDifferenceAnywhere_IsOne() => Assert.Equal(1, new SignFlipTest([0, 1, 2], 10, 0).PValue([0, 0, 0]));

    [Fact]
    public void PValue_ManyPictures_IsNearTheNormalDistributionsAndNeverZero()
    {
        // 400 pictures, differences of 1 or -1 whose sum is 40: two standard deviations.
        double[] differences = [.. Enumerable.Range(0, 400).Select(image => image < 220 ? 1.0 : -1)];
        int[] images = [.. Enumerable.Range(0, 400)];

        Assert.Equal(0.0455 + 0.0052, new SignFlipTest(images, 20_000, 1).PValue(differences), 0.006);
        Assert.Equal(1.0 / 201, new SignFlipTest(images, 200, 1).PValue([.. differences.Select(Math.Abs)]), 1e-12);
    }

    [Fact]
    public void PValue_NoEffect_IsBelowFivePercentInFivePercentOfTheCases()
    {
        // Of 400 tests 20 are expected; 95 % of such counts lie within 12 to 29.
        var test = new SignFlipTest([.. Enumerable.Range(0, 90).Select(row => row / 3)], 999, 5);
        var below = Enumerable.Range(0, 400).Count(seed => test.PValue([.. SyntheticFeatures.Noise(90, seed).Select(value => (double)value)]) <= 0.05);

        Assert.InRange(below, 10, 31);
    }

    [Fact]
    public void PValue_SumsThatRoundingTellsApart_CountAlike()
    {
        // In thousands of millions 0.1 + 0.2 - 0.3 + 0.5 and -0.1 - 0.2 + 0.3 + 0.5 are the observed 0.5, and 1.1, 0.7 and 0.9 lie beyond: 5 of 8 patterns and
        // their opposites.
        const double Large = 1 << 30;
        double[] differences = [0.1 * Large, 0.2 * Large, -0.3 * Large, 0.5 * Large];
        Assert.NotEqual(differences.Sum(), -differences[0] - differences[1] - differences[2] + differences[3]);

        Assert.Equal(0.625, new SignFlipTest([0, 1, 2, 3], 10, 0).PValue(differences));
    }

    [Fact]
    public void PValue_SixteenPictures_AreCountedInEveryPatternAndSeventeenDrawn()
    {
        double PValue(int pictures) => new SignFlipTest([.. Enumerable.Range(0, pictures)], 10, 0).PValue([.. Enumerable.Repeat(1.0, pictures)]);

        Assert.Equal(2.0 / (1 << 16), PValue(16), 1e-12);
        Assert.Equal(1.0 / 11, PValue(17), 1e-12);
    }

    /// <summary>What a seed gives is in published results.</summary>
    [Fact]
    public void PValue_Seed_DrawsAsItAlwaysDid()
    {
        double[] differences = [.. Enumerable.Range(0, 20).Select(image => image < 13 ? 1.0 : -1)];

        Assert.Equal(281 / 1000.0, new SignFlipTest([.. Enumerable.Range(0, 20)], 999, 7).PValue(differences), 1e-12);
    }

    [Fact]
    public void PValue_ValuesOfOtherRows_AreRefused() => Assert.Throws<ProbeException>(() => new SignFlipTest([0, 1], 10, 0).PValue([1]));
}
