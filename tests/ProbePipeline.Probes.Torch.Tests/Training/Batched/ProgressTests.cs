using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Probes.Torch.Tests.Training.Batched;

public sealed class ProgressTests
{
    [Fact]
    public void IsNear_EstimateThatIsTooSmall_IsNotBelievedWhileTheObjectiveFalls()
    {
        var progress = new Progress(gapTolerance: 1e-6, isQuick: false);
        // By a third a round: what is left is twice the last fall.
        var near = Enumerable.Range(0, 200).First(round => progress.IsNear(Math.Pow(2.0 / 3, round), round < 25 ? 1 : 1e-9));

        Assert.InRange(Math.Pow(2.0 / 3, near), 1e-8, 1e-6);
    }

    [Fact]
    public void IsNear_QuickDescent_IsBelievedAtOnce() => Assert.True(new Progress(gapTolerance: 1e-6, isQuick: false).IsNear(objective: 1, gap: 1e-7));

    [Fact]
    public void IsNear_QuickRounds_GoesOnToAHundredth() => Assert.False(new Progress(gapTolerance: 1e-6, isQuick: true).IsNear(objective: 1, gap: 1e-8));

    [Fact]
    public void IsSlow_SixtyRounds_LeavesItToNewtonStepsWhoseEstimateIsBelieved()
    {
        var progress = new Progress(gapTolerance: 1e-6, isQuick: false);
        for (var round = 0; round < 60; round++)
        {
            Assert.False(progress.IsSlow);
            Assert.False(progress.IsNear(objective: -round, gap: 1));
        }

        Assert.True(progress.IsSlow);
        Assert.True(progress.IsNear(objective: -60, gap: 1e-7));
    }

    [Fact]
    public void IsIdle_NoBetterEstimate_AfterAHundredRounds()
    {
        var progress = new Progress(gapTolerance: 1e-6, isQuick: false);
        var rounds = 0;
        for (; !progress.IsIdle; rounds++)
        {
            progress.IsNear(objective: 1, gap: 1);
        }

        Assert.Equal(102, rounds);
    }
}
