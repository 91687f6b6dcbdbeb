using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Tests.Splits;

public sealed class RowSplitGivenTests
{
    private static readonly SplitRole[] ThreeParts = [SplitRole.Train, SplitRole.Test, SplitRole.Train, SplitRole.Validation, SplitRole.Test];

    [Fact]
    public void Given_ThreeParts_AreTakenAsTheyAre()
    {
        var split = RowSplit.Given([7, 2, 7, 4, 2], ThreeParts, validation: 0.25, seed: 1);
        Assert.Equal(ThreeParts, split.Roles);
        Assert.Equal([0, 2], split.Train);
        Assert.Equal([3], split.Validation);
        Assert.Equal([1, 4], split.Test);
    }

    [Fact]
    public void Given_RowsOfOnePictureInTwoParts_IsRefused() => Assert.Equal(
        "expected a split that keeps every picture, and every group of pictures, together; found rows of one in Train and in Test",
        Assert.Throws<ProbeException>(() => RowSplit.Given([7, 7, 4, 2], [SplitRole.Train, SplitRole.Test, SplitRole.Validation, SplitRole.Test], validation: 0.25, seed: 1)).Message);

    [Fact]
    public void Given_NoValidationPart_IsASeededShareOfTheTrainingPictures()
    {
        // Two rows a picture; twelve pictures train, four test.
        int[] images = [.. Enumerable.Range(0, 32).Select(row => 16 - (row / 2))];
        SplitRole[] roles = [.. Enumerable.Range(0, 32).Select(row => row / 2 % 4 == 3 ? SplitRole.Test : SplitRole.Train)];

        var split = RowSplit.Given(images, roles, validation: 0.25, seed: 1);

        Assert.Equal((18, 6, 8), (split.Train.Length, split.Validation.Length, split.Test.Length));
        Assert.Equal(Enumerable.Range(0, 32).Where(row => roles[row] == SplitRole.Test), split.Test);
        Assert.Equal(16, images.Zip(split.Roles).Distinct().Count());
        // What a seed gives is in published results: it stays the same, whatever order the rows come in.
        Assert.Equal([7, 8, 15], split.Validation.Select(row => images[row]).Distinct().Order());
        var turned = RowSplit.Given([.. images.Reverse()], [.. roles.Reverse()], validation: 0.25, seed: 1);
        Assert.Equal(split.Validation.Select(row => images[row]).Distinct().Order(), turned.Validation.Select(row => images[^(row + 1)]).Distinct().Order());
        Assert.NotEqual(split.Validation, RowSplit.Given(images, roles, validation: 0.25, seed: 2).Validation);
    }

    [Fact]
    public void Without_SomeRows_KeepsThePartsOfTheOthers()
    {
        var split = RowSplit.Given([7, 2, 7, 4, 2], ThreeParts, validation: 0.25, seed: 1).Without(new HashSet<int> { 0, 4 });
        Assert.Equal([SplitRole.Test, SplitRole.Train, SplitRole.Validation], split.Roles);
        Assert.Equal((1, 1, 1), (split.Summary.Train.Images, split.Summary.Validation.Images, split.Summary.Test.Images));
        // Picture 2 is the one that tests: what is left out is left out of both lists.
        Assert.Equal([SplitRole.Test, SplitRole.Unused, SplitRole.Validation], RowSplit.Given([7, 2, 7, 4, 2, 9], [.. ThreeParts, SplitRole.Train], 0.25, 1)
            .Without(new HashSet<int> { 0, 4 }).TrainedOn(new HashSet<int> { 9 }).Roles[..3]);
    }
}
