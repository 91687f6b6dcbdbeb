using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Tests;

public sealed class LabeledRowsTests
{
    /// <summary>Pictures 0 to 9, one row each: 6 train, 2 validate, 2 test.</summary>
    private static readonly ImmutableArray<int> Images = [.. Enumerable.Range(0, 10)];

    private static readonly RowSplit Split = RowSplit.ByOrder(Images, 0.6, 0.2);

    [Theory]
    [InlineData(0, "none")]
    [InlineData(1, "only 'wheel'")]
    public void Constructor_FewerThanTwoClasses_IsRefusedWithWhatIsThere(int classes, string found)
    {
        ImmutableArray<string> names = [.. Enumerable.Repeat("wheel", classes)];

        Assert.Equal($"expected at least two classes; found {found}; predict another field, or use rows of other classes too", Refusal(names, [.. Images.Select(_ => 0)], Images));
    }

    [Fact]
    public void Without_SomeRows_KeepsThePartsOfTheOthers()
    {
        // Pictures 0 to 9 of two rows each; class c has the last row of two pictures alone.
        ImmutableArray<int> images = [.. Enumerable.Range(0, 20).Select(row => row / 2)];
        ImmutableArray<int> labels = [.. Enumerable.Range(0, 20).Select(row => row is 1 or 19 ? 2 : row % 2)];
        var rows = new LabeledRows(["a", "b", "c"], labels, images, RowSplit.ByOrder(images, 0.6, 0.2));

        var less = rows.Without(new HashSet<int> { 0, 1, 19 });

        Assert.Equal(["a", "b"], less.Classes);
        Assert.Equal(17, less.Labels.Length);
        Assert.Equal(images.Skip(2).SkipLast(1), less.Images);
        Assert.Equal(labels.Skip(2).SkipLast(1), less.Labels);
        Assert.Equal(rows.Split.Train.Skip(2).Select(row => row - 2), less.Split.Train);
        Assert.Equal(rows.Split.Validation.Select(row => row - 2), less.Split.Validation);
        Assert.Equal(rows.Split.Test.SkipLast(1).Select(row => row - 2), less.Test);
        Assert.Same(rows, rows.Without(new HashSet<int>()));
    }

    [Fact]
    public void Constructor_ClassWithOnePicture_IsRefusedByName()
    {
        // Two rows, but of one picture.
        ImmutableArray<int> images = [0, 1, 2, 3, 3, 5, 6, 7, 8, 9];
        var split = RowSplit.ByOrder(images, 0.6, 0.2);

        var message = Assert.Throws<ProbeException>(() => new LabeledRows(["wheel", "door"], [0, 0, 0, 1, 1, 0, 0, 0, 0, 0], images, split)).Message;

        Assert.StartsWith("class 'door': expected rows of at least two pictures", message, StringComparison.Ordinal);
        Assert.Contains("found 1;", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ClassWithoutRows_IsRefusedByName()
    {
        var message = Refusal(["wheel", "door", "sail"], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], Images);

        Assert.StartsWith("class 'sail'", message, StringComparison.Ordinal);
        Assert.Contains("found 0;", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ClassWithoutTrainingRows_IsRefusedByName()
    {
        var message = Refusal(["wheel", "door", "sail"], [0, 1, 0, 1, 0, 1, 2, 2, 2, 0], Images);

        Assert.StartsWith("class 'sail': expected rows of it to train on; found none", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, 10, "found 9, 10 and 10")]
    [InlineData(10, 11, "found 10, 11 and 10")]
    [InlineData(12, 12, "found 12, 12 and 10")]
    public void Constructor_LengthsThatDiffer_AreNamed(int labels, int images, string named)
    {
        var message = Refusal(["wheel", "door"], [.. Enumerable.Range(0, labels).Select(row => row % 2)], [.. Enumerable.Range(0, images)]);

        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Constructor_LabelThatIsNoClass_IsRefusedWithItsRow(int label)
    {
        ImmutableArray<int> labels = [0, 1, 0, 1, label, 1, 0, 1, 0, 1];

        Assert.Equal($"row 4: expected the index of one of 2 classes; found {label}", Refusal(["wheel", "door"], labels, Images));
    }

    [Fact]
    public void Majority_OneClassMostFrequentInTraining_IsCountedOnTrainingRowsAlone()
    {
        // Class 1 leads in training, class 0 among all.
        var rows = new LabeledRows(["wheel", "door"], [1, 1, 1, 1, 0, 0, 0, 0, 0, 1], Images, Split);

        Assert.Equal(1, rows.Majority);
        Assert.Equal(0.5, rows.MajorityAccuracy);
    }

    [Fact]
    public void Majority_Tie_GoesToTheFirstClass()
    {
        // Class 2 comes first among the rows, class 1 among the classes.
        var rows = new LabeledRows(["wheel", "door", "sail"], [2, 2, 1, 1, 0, 2, 0, 0, 1, 1], Images, RowSplit.ByOrder(Images, 0.5, 0.3));

        Assert.Equal(1, rows.Majority);
        Assert.Equal(1.0, rows.MajorityAccuracy);
    }

    private static string Refusal(ImmutableArray<string> classes, ImmutableArray<int> labels, ImmutableArray<int> images) =>
        Assert.Throws<ProbeException>(() => new LabeledRows(classes, labels, images, Split)).Message;
}
