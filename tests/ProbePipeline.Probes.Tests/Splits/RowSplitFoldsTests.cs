using System.Globalization;
using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Tests.Splits;

public sealed class RowSplitFoldsTests(ITestContextAccessor context)
{
    [Theory]
    [InlineData(2, 0.2, false)]
    [InlineData(5, 0.2, false)]
    [InlineData(5, 0.1, true)]
    [InlineData(10, 0.3, true)]
    public void Folds_PicturesWithManyRows_TestEveryPictureOnceAndPartNone(int folds, double validation, bool shuffled)
    {
        var (images, labels) = Pictures(90, 7, 1);

        var splits = RowSplit.Folds(images, labels, folds, validation, shuffled ? 3 : null);

        Assert.Equal(folds, splits.Length);
        Assert.Equal(Enumerable.Range(0, images.Length), splits.SelectMany(split => split.Test).Order());
        Assert.All(splits, split =>
        {
            Assert.Equal(90, images.Zip(split.Roles).Distinct().Count());
            Assert.DoesNotContain(SplitRole.Unused, split.Roles);
            Assert.InRange(split.Summary.Test.Images, (90.0 / folds) - 2, (90.0 / folds) + 2);
            Assert.InRange(split.Summary.Validation.Images, (90 * validation) - 3, (90 * validation) + 3);
        });
    }

    [Fact]
    public void Folds_ManyDatasets_KeepClassSharesWithinAPicture()
    {
        // Rows of a picture cannot be parted, so a class lies off its share by about as many rows as a picture has of it.
        var worst = 0.0;
        var worstAtRandom = 0.0;
        for (var seed = 0; seed < 200; seed++)
        {
            var (images, labels) = Pictures(60, 5, seed);
            worst = Math.Max(worst, Error(RowSplit.Folds(images, labels, 5, 0.2, seed), labels));
            worstAtRandom = Math.Max(worstAtRandom, Error([RowSplit.Shuffled(images, seed, 0.6, 0.2)], labels));
        }

        context.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"furthest off: {worst} rows of a class; dealt at random: {worstAtRandom}"));
        Assert.InRange(worst, 0, 4.5);
        Assert.InRange(worstAtRandom, 3 * worst, double.MaxValue);
    }

    [Fact]
    public void Folds_ClassesInARow_AreSpreadEvenly()
    {
        // One row a picture, sorted by class: dealt by index without regard to classes, folds would test one class each.
        int[] labels = [.. Enumerable.Range(0, 60).Select(row => row / 20)];

        var splits = RowSplit.Folds([.. Enumerable.Range(0, 60)], labels, 5, 0.2, null);

        Assert.All(splits, split => Assert.Equal([4, 4, 4], Enumerable.Range(0, 3).Select(label => split.Test.Count(row => labels[row] == label))));
        Assert.All(splits, split => Assert.Equal([4, 4, 4], Enumerable.Range(0, 3).Select(label => split.Validation.Count(row => labels[row] == label))));
    }

    [Fact]
    public void Folds_EveryPicture_TrainsInMostOfThem()
    {
        var (images, labels) = Pictures(90, 7, 1);

        var splits = RowSplit.Folds(images, labels, 5, 0.2, 1);

        // Were the same pictures chosen on in every fold, no probe would ever learn from them: of four folds each is expected to train in three.
        int[] trained = [.. Enumerable.Range(0, images.Length).Select(row => splits.Count(split => split.Roles[row] == SplitRole.Train))];
        context.Current.SendDiagnosticMessage(string.Join(", ", trained.CountBy(count => count).OrderBy(count => count.Key).Select(count => $"{count.Value} rows train {count.Key} times")));
        Assert.DoesNotContain(0, trained);
    }

    [Fact]
    public void Folds_SameSeed_DealTheSameAndOtherSeedsOtherwise()
    {
        var (images, labels) = Pictures(40, 3, 1);
        string Tests(long? seed) => string.Join('|', RowSplit.Folds(images, labels, 4, 0.25, seed).Select(split => string.Join(',', split.Test)));

        Assert.Equal(Tests(5), Tests(5));
        Assert.Equal(11, Enumerable.Range(0, 10).Select(seed => Tests(seed)).Append(Tests(null)).Distinct().Count());
    }

    [Fact]
    public void Folds_RowsInAnotherOrder_GiveEveryPictureTheSameRole()
    {
        var (images, labels) = Pictures(40, 3, 1);

        var splits = RowSplit.Folds(images, labels, 4, 0.25, 6);
        var reversed = RowSplit.Folds([.. images.Reverse()], [.. labels.Reverse()], 4, 0.25, 6);

        Assert.All(splits.Zip(reversed), pair => Assert.Equal(pair.First.Roles.Reverse(), pair.Second.Roles));
    }

    [Fact]
    public void Folds_MoreThanPictures_AreRefusedWithBothNumbers()
    {
        var error = Assert.Throws<ProbeException>(() => RowSplit.Folds([0, 0, 1, 2], [0, 1, 0, 1], 4, 0.2, null));

        Assert.Equal(
            "expected at least as many pictures as folds, since every fold tests pictures of its own; found 3 for 4 folds; use fewer folds, or more pictures", error.Message);
    }

    [Fact]
    public void Folds_OnePicture_IsRefused() =>
        Assert.Contains("found 1 for 2 folds", Assert.Throws<ProbeException>(() => RowSplit.Folds([0, 0], [0, 1], 2, 0.2, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Folds_AsManyAsPictures_LeaveEachOutOnce()
    {
        var splits = RowSplit.Folds([.. Enumerable.Range(0, 6)], [0, 1, 0, 1, 0, 1], 6, 0.2, null);

        Assert.Equal([1, 1, 1, 1, 1, 1], splits.Select(split => split.Test.Length));
    }

    [Fact]
    public void Folds_ValidationThatLeavesNothingToTrainOn_IsRefused()
    {
        var error = Assert.Throws<ProbeException>(() => RowSplit.Folds([0, 1, 2, 3], [0, 1, 0, 1], 2, 0.5, null));

        Assert.Equal("expected a validation share below 0.5, what 2 folds leave beside the tested one; found 0.5", error.Message);
    }

    [Fact]
    public void Folds_ValidationOfNoPicture_IsRefusedByName()
    {
        var error = Assert.Throws<ProbeException>(() => RowSplit.Folds([0, 1, 2], [0, 0, 0], 3, 0.01, null));

        Assert.Contains("none in validation, of 3 pictures", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_One_IsNoFold() => Assert.Throws<ArgumentOutOfRangeException>(() => RowSplit.Folds([0, 1, 2, 3], [0, 1, 0, 1], 1, 0.2, null));

    [Fact]
    public void InRowOrder_ValuesOfTestRows_StandAtTheirRows()
    {
        var splits = RowSplit.Folds([.. Enumerable.Range(0, 12)], [.. Enumerable.Range(0, 12).Select(row => row % 2)], 3, 0.25, 4);

        var values = RowSplit.InRowOrder(splits, (split, fold) => split.Test.Select(row => (row, fold)));

        Assert.Equal(Enumerable.Range(0, 12), values.Select(value => value.row));
        Assert.All(values, value => Assert.Contains(value.row, splits[value.fold].Test));
    }

    /// <summary>The most rows by which a class lies off its share in a test or validation part.</summary>
    private static double Error(IReadOnlyList<RowSplit> splits, int[] labels) => splits.Max(split => labels.Distinct().Max(label =>
    {
        var all = labels.Count(other => other == label);
        return Math.Max(
            Math.Abs(split.Test.Count(row => labels[row] == label) - (0.2 * all)), Math.Abs(split.Validation.Count(row => labels[row] == label) - (0.2 * all)));
    }));

    /// <summary>Pictures of one to six rows, whose classes are drawn from 5 unequal ones, each picture with a leaning of its own.</summary>
    private static (int[] Images, int[] Labels) Pictures(int count, int classes, long seed)
    {
        var random = new RandomStream(seed, "pictures");
        var rows = Enumerable.Range(0, count).SelectMany(image =>
        {
            var leaning = random.Below(classes);
            return Enumerable.Range(0, 1 + random.Below(6)).Select(_ => (image, Label: random.Below(2) == 0 ? leaning : Math.Min(random.Below(classes), random.Below(classes))));
        }).ToArray();
        return ([.. rows.Select(row => row.image)], [.. rows.Select(row => row.Label)]);
    }
}
