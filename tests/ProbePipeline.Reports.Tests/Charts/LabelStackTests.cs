using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Tests.Charts;

public sealed class LabelStackTests
{
    [Fact]
    public void Place_FarApart_LeavesEveryLabelAtItsValue() =>
        Assert.Equal([0.9, 0.1, 0.5], LabelStack.Place([0.9, 0.1, 0.5], 0.1, 0, 1));

    [Fact]
    public void Place_EqualValues_StandAroundTheirValueTheFirstOnTop() =>
        Assert.Equal([0.55, 0.45], LabelStack.Place([0.5, 0.5], 0.1, 0, 1).Select(place => Math.Round(place, 6)));

    [Fact]
    public void Place_BlocksThatCollide_BecomeOne() =>
        Assert.Equal([0.4, 0.5, 0.6, 0.7], LabelStack.Place([0.5, 0.52, 0.58, 0.6], 0.1, 0, 1).Select(place => Math.Round(place, 6)));

    [Fact]
    public void Place_AtTheEdge_StaysWithin() =>
        Assert.Equal([1.0, 0.9], LabelStack.Place([1, 0.99], 0.1, 0, 1).Select(place => Math.Round(place, 6)));

    [Fact]
    public void Place_ManyLabels_KeepsTheirOrderAndTheGap()
    {
        var places = LabelStack.Place([.. Enumerable.Range(0, 9).Select(index => Math.Sin(index))], 0.1, -1, 1).Order().ToArray();

        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First > 0.0999));
    }
}
