using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Tests.Splits;

public sealed class StratifiedDealTests
{
    /// <summary>Against the rule's own words: each picture, those with most rows first, goes where Pearson's chi-square of that part grows least, or shrinks most.</summary>
    [Theory]
    [InlineData(1, 0.5, 0.3, 0.2)]
    [InlineData(2, 0.1, 0.8, 0.1)]
    [InlineData(3, 0.25, 0.25, 0.5)]
    [InlineData(4, 0.7, 0.1, 0.2)]
    public void Deal_PicturesOfUnlikeClasses_FollowsChiSquare(int seed, params double[] shares)
    {
        // One to seven rows a picture; the last class is in every fourth picture alone, and none of those is dealt.
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 40).SelectMany(image => Enumerable.Range(0, random.Next(1, 8)).Select(row => (Image: image, Label: image % 4 == 0 && row == 0 ? 3 : random.Next(0, 3)))).ToArray();
        var (images, labels) = (rows.Select(row => row.Image).ToArray(), rows.Select(row => row.Label).ToArray());

        var parts = new StratifiedDeal(images, labels, seed: null).Deal(shares, image => image % 4 != 0);

        Assert.Equal(30, parts.Count);
        var dealt = rows.Where(row => row.Image % 4 != 0).ToArray();
        var counts = dealt.GroupBy(row => row.Image).ToDictionary(picture => picture.Key, picture => (double[])[.. Enumerable.Range(0, 4).Select(label => (double)picture.Count(row => row.Label == label)), 1]);
        var totals = Enumerable.Range(0, 5).Select(index => counts.Values.Sum(count => count[index])).ToArray();
        var held = shares.Select(_ => new double[5]).ToArray();
        foreach (var image in counts.Keys.OrderByDescending(image => counts[image].Sum()).ThenBy(image => image))
        {
            double Grows(int part)
            {
                double ChiSquare(double[] of) => Enumerable.Range(0, 5).Where(index => totals[index] > 0).Sum(index => Math.Pow(of[index] - (shares[part] * totals[index]), 2) / (shares[part] * totals[index]));
                return ChiSquare([.. held[part].Zip(counts[image], (one, other) => one + other)]) - ChiSquare(held[part]);
            }

            var best = Enumerable.Range(0, shares.Length).MinBy(part => Math.Round(Grows(part), 9));
            Assert.Equal(best, parts[image]);
            held[best] = [.. held[best].Zip(counts[image], (one, other) => one + other)];
        }
    }

    [Fact]
    public void Deal_PicturesAllAlike_GoToTheFirstOfEqualParts()
    {
        int[] images = [0, 1, 2, 3];
        var parts = new StratifiedDeal(images, [0, 0, 0, 0], seed: null).Deal([0.5, 0.5], _ => true);
        Assert.Equal([0, 1, 0, 1], images.Select(image => parts[image]));
    }

    /// <summary>What a seed gives is in published results.</summary>
    [Fact]
    public void Deal_Seed_DealsAsItAlwaysDid()
    {
        int[] images = [.. Enumerable.Range(0, 12)];
        var parts = new StratifiedDeal(images, [.. images.Select(_ => 0)], seed: 1).Deal([0.25, 0.25, 0.5], _ => true);
        Assert.Equal("2 0 2 2 0 1 1 2 0 2 1 2", string.Join(' ', images.Select(image => parts[image])));
    }
}
