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

    [Fact]
    public void Draw_OnePictureInAPart_IsRefused()
    {
        int[] images = [0, 0, 1, 1, 2, 3, 4];
        var error = Assert.Throws<ProbeException>(() => DonorRows.Draw(RowSplit.ByOrder(images, train: 0.6, validation: 0.2), images, seed: 1));
        Assert.StartsWith("donor rows: expected two pictures at least in every part of the split, since states come from another picture; found one in validation", error.Message, StringComparison.Ordinal);
    }
}
