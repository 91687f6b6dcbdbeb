using ProbePipeline.Inputs.Datasets;

namespace ProbePipeline.Inputs.Tests.Datasets;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Next_PublishedState_GivesThePublishedNumbers()
    {
        // The test values of Rosetta Code, "Pseudo-random numbers/Splitmix64".
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Below_ManyDraws_StayBelowAndMeetEveryNumber()
    {
        var random = SplitMix64.Stream(1, 0);

        Assert.Equal(Enumerable.Range(0, 7), Enumerable.Range(0, 1000).Select(_ => random.Below(7)).Distinct().Order());
    }

    [Fact]
    public void Sample_PartOfAList_GivesDifferentItemsAndLeavesTheListAlone()
    {
        int[] items = [.. Enumerable.Range(0, 8)];

        var sample = SplitMix64.Stream(1, 0).Sample<int>(items, 6);

        Assert.Equal((6, 6), (sample.Length, sample.Distinct().Count()));
        Assert.Equal(Enumerable.Range(0, 8), items);
    }

    [Fact]
    public void Stream_NeighbouringSeedsAndStreams_ShareNoNumbers()
    {
        var drawn = from seed in Enumerable.Range(-2, 5)
                    from stream in Enumerable.Range(0, 5)
                    let random = SplitMix64.Stream(seed, stream)
                    from _ in Enumerable.Range(0, 20)
                    select random.Next();

        Assert.Equal(500, drawn.Distinct().Count());
    }
}
