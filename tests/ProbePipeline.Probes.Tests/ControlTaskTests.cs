using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Tests;

public sealed class ControlTaskTests
{
    [Fact]
    public void Labels_RowsOfOneType_HaveOneLabel()
    {
        var rows = Rows(60);
        string[] types = [.. Enumerable.Range(0, 60).Select(row => $"type {row % 12}")];

        var labels = ControlTask.Labels(rows, types, 1);

        Assert.Equal(60, labels.Length);
        Assert.Equal(12, types.Zip(labels).Distinct().Count());
        Assert.Equal([0, 1, 2], labels.Distinct().Order());
    }

    [Fact]
    public void Labels_RowsInAnotherOrder_GivesEveryTypeTheSameLabel()
    {
        var rows = Rows(60);
        string[] types = [.. Enumerable.Range(0, 60).Select(row => $"type {row * 7 % 30}")];
        int[] order = [.. Enumerable.Range(0, 60)];
        new RandomStream(1, "order").Shuffle(order);
        ImmutableArray<int> images = [.. order.Select(row => rows.Images[row])];
        var moved = new LabeledRows(rows.Classes, [.. order.Select(row => rows.Labels[row])], images, RowSplit.ByOrder(images, 0.6, 0.2));

        var labels = ControlTask.Labels(rows, types, 1);

        Assert.Equal(order.Select(row => labels[row]), ControlTask.Labels(moved, [.. order.Select(row => types[row])], 1));
    }

    [Fact]
    public void Labels_SameSeedAndAnother_AreTheSameAndOthers()
    {
        var rows = Rows(60);
        string[] types = [.. Enumerable.Range(0, 60).Select(row => $"type {row}")];

        Assert.Equal(ControlTask.Labels(rows, types, 1), ControlTask.Labels(rows, types, 1));
        Assert.Equal(20, Enumerable.Range(0, 20).Select(seed => string.Join(',', ControlTask.Labels(rows, types, seed))).Distinct().Count());
    }

    [Fact]
    public void Labels_ManyTypes_AreAsFrequentAsInTraining()
    {
        // Nine in ten training rows are of class 0, no other row is.
        var images = Enumerable.Range(0, 4000).ToImmutableArray();
        var split = RowSplit.ByOrder(images, 0.5, 0.25);
        var rows = new LabeledRows(["wheel", "door"], [.. images.Select(row => row < 2000 && row % 10 != 0 ? 0 : 1)], images, split);

        var labels = ControlTask.Labels(rows, [.. images.Select(row => $"type {row}")], 1);

        // Standard deviation of the share: 0.005.
        Assert.InRange(labels.Average(label => label == 0 ? 1.0 : 0), 0.88, 0.92);
    }

    [Fact]
    public void Labels_TypesForOtherRows_AreRefused()
    {
        var message = Assert.Throws<ProbeException>(() => ControlTask.Labels(Rows(60), ["red"], 1)).Message;

        Assert.Equal("control task: expected a type for each of 60 rows; found 1", message);
    }

    private static LabeledRows Rows(int count)
    {
        var images = Enumerable.Range(0, count).ToImmutableArray();
        return new LabeledRows(["wheel", "door", "sail"], [.. images.Select(row => row % 3)], images, RowSplit.ByOrder(images, 0.6, 0.2));
    }
}
