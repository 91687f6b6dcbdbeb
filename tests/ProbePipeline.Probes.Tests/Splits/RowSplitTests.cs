using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Tests.Splits;

public sealed class RowSplitTests
{
    [Theory]
    [InlineData(600, 0.6, 0.2, 360, 120, 120)]
    [InlineData(60, 0.6, 0.2, 36, 12, 12)]
    [InlineData(5, 0.6, 0.2, 3, 1, 1)]
    [InlineData(7, 0.6, 0.2, 5, 1, 1)]
    [InlineData(11, 0.6, 0.2, 7, 2, 2)]
    [InlineData(13, 0.6, 0.2, 8, 3, 2)]
    [InlineData(601, 0.6, 0.2, 361, 120, 120)]
    [InlineData(10, 0.1, 0.2, 1, 2, 7)]
    [InlineData(10, 0.7, 0.1, 7, 1, 2)]
    [InlineData(100, 0.55, 0.2, 55, 20, 25)]
    public void ByOrder_Shares_CountPicturesWithoutRoundingOfTheShares(int pictures, double train, double validation, int trained, int validated, int tested)
    {
        var images = Enumerable.Range(0, pictures).ToArray();

        foreach (var split in new[] { RowSplit.ByOrder(images, train, validation), RowSplit.Shuffled(images, 1, train, validation) })
        {
            Assert.Equal((trained, validated, tested), (split.Train.Length, split.Validation.Length, split.Test.Length));
        }
    }

    [Fact]
    public void ByOrder_PicturesOutOfOrder_DealsByTheirIndices()
    {
        var split = RowSplit.ByOrder([40, 10, 50, 20, 30, 10], 0.6, 0.2);

        Assert.Equal([1, 3, 4, 5], split.Train);
        Assert.Equal([0], split.Validation);
        Assert.Equal([2], split.Test);
        Assert.Equal([SplitRole.Validation, SplitRole.Train, SplitRole.Test, SplitRole.Train, SplitRole.Train, SplitRole.Train], split.Roles);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Deal_PicturesWithManyRows_KeepsEveryPictureInOnePart(bool shuffled)
    {
        // Three rows a picture, never side by side.
        int[] images = [.. Enumerable.Range(0, 90).Select(row => row % 30)];

        var split = shuffled ? RowSplit.Shuffled(images, 3, 0.6, 0.2) : RowSplit.ByOrder(images, 0.6, 0.2);

        Assert.Equal([1, 1, 1], new[] { 0, 10, 29 }.Select(image => split.Roles.Where((_, row) => images[row] == image).Distinct().Count()));
        Assert.Equal(30, images.Zip(split.Roles).Distinct().Count());
        Assert.Equal([54, 18, 18], new[] { split.Train.Length, split.Validation.Length, split.Test.Length });
        Assert.Equal(Enumerable.Range(0, 90), split.Train.Concat(split.Validation).Concat(split.Test).Order());
    }

    [Fact]
    public void Shuffled_SameSeed_DealsTheSame()
    {
        var images = Enumerable.Range(0, 60).ToArray();

        Assert.Equal(RowSplit.Shuffled(images, 7, 0.6, 0.2).Roles, RowSplit.Shuffled(images, 7, 0.6, 0.2).Roles);
    }

    /// <summary>What a seed gives is in published results.</summary>
    [Fact]
    public void Shuffled_Seed_DealsAsItAlwaysDid()
    {
        var split = RowSplit.Shuffled([.. Enumerable.Range(0, 10)], 7, 0.5, 0.2);

        Assert.Equal("0 1 3 7 8 | 6 9 | 2 4 5", $"{string.Join(' ', split.Train)} | {string.Join(' ', split.Validation)} | {string.Join(' ', split.Test)}");
    }

    [Fact]
    public void Shuffled_OtherSeeds_DealsOtherwiseAndNotByOrder()
    {
        var images = Enumerable.Range(0, 60).ToArray();
        var dealt = Enumerable.Range(0, 20).Select(seed => RowSplit.Shuffled(images, seed, 0.6, 0.2)).Append(RowSplit.ByOrder(images, 0.6, 0.2)).ToArray();

        Assert.Equal(21, dealt.Select(split => string.Join(',', split.Test)).Distinct().Count());
        // Every picture has its turn: of 60, one stays out of 20 tests of 12 with a probability of 1 %.
        Assert.InRange(dealt.SkipLast(1).SelectMany(split => split.Test).Distinct().Count(), 55, 60);
    }

    [Fact]
    public void Shuffled_RowsInAnotherOrder_GivesEveryPictureTheSameRole()
    {
        int[] images = [.. Enumerable.Range(0, 40), .. Enumerable.Range(0, 40)];
        int[] reversed = [.. images.Reverse()];

        var roles = RowSplit.Shuffled(images, 5, 0.6, 0.2).Roles;

        Assert.Equal(roles.Reverse(), RowSplit.Shuffled(reversed, 5, 0.6, 0.2).Roles);
    }

    [Fact]
    public void Summary_UnequalRowsAPicture_CountsRowsAndPictures()
    {
        var split = RowSplit.ByOrder([0, 0, 0, 1, 2, 3, 3, 4], 0.6, 0.2);

        Assert.Equal(new SplitSummary(new SplitPart(5, 3), new SplitPart(2, 1), new SplitPart(1, 1)), split.Summary);
    }

    [Theory]
    [InlineData(10, 0, 0.5, "none in train, of 10 pictures")]
    [InlineData(10, 0.8, 0, "none in validation, of 10 pictures")]
    [InlineData(10, 0.8, 0.2, "none in test, of 10 pictures")]
    [InlineData(3, 0.6, 0.2, "none in test, of 3 pictures")]
    [InlineData(1, 0.6, 0.2, "none in validation, of 1 pictures")]
    public void Deal_PartWithoutRows_IsRefusedByName(int pictures, double train, double validation, string named)
    {
        int[] images = [.. Enumerable.Range(0, pictures), .. Enumerable.Range(0, pictures)];

        Assert.Contains(named, Assert.Throws<ProbeException>(() => RowSplit.ByOrder(images, train, validation)).Message, StringComparison.Ordinal);
        Assert.Contains(named, Assert.Throws<ProbeException>(() => RowSplit.Shuffled(images, 0, train, validation)).Message, StringComparison.Ordinal);
    }
}
