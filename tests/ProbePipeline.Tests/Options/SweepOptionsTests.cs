using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Options;

public sealed class SweepOptionsTests
{
    private static readonly SweepOptions Sweep = new("cut", new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All));

    [Fact]
    public void Windows_OverAnyDepth_AreThoseThatFit()
    {
        Assert.Equal([(0, 0), (1, 1), (2, 2)], Sweep.Windows(3));
        Assert.Equal([(0, 1), (1, 2), (2, 3)], (Sweep with { Window = 2 }).Windows(4));
        Assert.Equal([(0, 1), (3, 4)], (Sweep with { Window = 2, Stride = 3 }).Windows(7));
        Assert.Equal([(0, 3)], (Sweep with { Window = 4 }).Windows(4));
    }

    [Fact]
    public void Windows_WiderThanTheTower_AreRefused()
    {
        var error = Assert.Throws<ExperimentException>(() => (Sweep with { Window = 5 }).Windows(4));
        Assert.Equal("sweeps.cut.window: expected no more than the 4 layers of the Vision tower; found 5", error.Message);
    }

    [Fact]
    public void Condition_OfAWindow_CutsInItsLayersAlone()
    {
        Assert.Equal("cut.1-2: vision: all to all, layers 1-2", $"{Sweep.Condition(1, 2)}");
        Assert.Equal("cut.3", Sweep.Condition(3, 3).Name);
    }
}
