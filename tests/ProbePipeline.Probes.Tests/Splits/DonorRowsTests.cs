using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Tests.Splits;

public sealed class DonorRowsTests
{
    private static readonly int[] Images = [.. Enumerable.Range(0, 90).Select(row => row / 3)];

    [Fact]
    public void Draw_EveryRow_GetsOneOfAnotherPictureInItsPart()
    {
        var split = RowSplit.Shuffled(Images, seed: 3, train: 0.6, validation: 0.2);
        var donors = DonorRows.Draw(split, Images, seed: 1);
        Assert.Equal(Images.Length, donors.Length);
        foreach (var (row, donor) in donors.Index())
        {
            Assert.NotEqual(Images[row], Images[donor]);
            Assert.Equal(split.Roles[row], split.Roles[donor]);
        }

        // Every picture gives to one picture and takes from one.
        Assert.All(donors.Select((donor, row) => (From: Images[donor], To: Images[row])).Distinct().GroupBy(pair => pair.From), pairs => Assert.Single(pairs));
        Assert.True(donors.Distinct().Count() > 45, $"{donors.Distinct().Count()} different donors");
    }

    [Fact]
    public void Draw_Seed_GivesTheSameDonorsAndAnotherSeedOthers()
    {
        var split = RowSplit.ByOrder(Images, train: 0.6, validation: 0.2);
        Assert.Equal(DonorRows.Draw(split, Images, seed: 1), DonorRows.Draw(split, Images, seed: 1));
        Assert.NotEqual(DonorRows.Draw(split, Images, seed: 1), DonorRows.Draw(split, Images, seed: 2));
    }

    /// <summary>What a seed gives is in published results: it stays the same, whatever order the rows come in.</summary>
    [Fact]
    public void Draw_Seed_GivesTheDonorsThatItAlwaysGave()
    {
        int[] images = [5, 5, 3, 3, 9, 9, 1, 1, 7, 7, 2, 2, 4, 4, 8, 8, 6, 6];
        var split = RowSplit.ByOrder(images, train: 5.0 / 9, validation: 2.0 / 9);
        Assert.Equal("3 2 6 7 15 15 10 11 16 16 12 12 1 1 5 4 8 8", string.Join(' ', DonorRows.Draw(split, images, seed: 1)));
    }

    [Fact]
    public void Draw_Kinds_AreTheRowsOwnWhereTheOtherPictureHasOne()
    {
        // Three kinds a picture, but for picture 4, whose rows are all of the third.
        int[] kinds = [.. Images.Select((image, row) => image == 4 ? 2 : row % 3)];
        var split = RowSplit.ByOrder(Images, train: 0.6, validation: 0.2);
        var donors = DonorRows.Draw(split, Images, seed: 1, kinds);
        Assert.All(donors.Index().Where(row => Images[row.Item] != 4), row => Assert.Equal(kinds[row.Index], kinds[row.Item]));
        // Who has to take one of picture 4 takes any of its rows, since none is of the row's own kind.
        var takers = donors.Index().Where(row => Images[row.Item] == 4).ToArray();
        Assert.Equal(3, takers.Length);
        Assert.All(takers, row => Assert.NotEqual(4, Images[row.Index]));
        // Without kinds a row's donor is of any.
        Assert.Contains(DonorRows.Draw(split, Images, seed: 1).Index(), row => kinds[row.Index] != kinds[row.Item]);
    }

    [Fact]
    public void Draw_TwoPicturesInAPart_TakeFromEachOther()
    {
        int[] images = [0, 1, 2, 3, 4, 5];
        Assert.Equal([1, 0, 3, 2, 5, 4], DonorRows.Draw(RowSplit.ByOrder(images, train: 1.0 / 3, validation: 1.0 / 3), images, seed: 1));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 1, 1, 2, 3, 4 }, 0.6, 0.2, "validation")]
    [InlineData(new[] { 0, 0, 1, 2, 3, 4 }, 0.2, 0.4, "train")]
    [InlineData(new[] { 0, 1, 2, 3, 4, 4 }, 0.4, 0.4, "test")]
    public void Draw_OnePictureInAPart_IsRefused(int[] images, double train, double validation, string part)
    {
        var error = Assert.Throws<ProbeException>(() => DonorRows.Draw(RowSplit.ByOrder(images, train, validation), images, seed: 1));
        Assert.StartsWith($"donor rows: expected two pictures at least in every part of the split, since states come from another picture; found one in {part};", error.Message, StringComparison.Ordinal);
    }
}
