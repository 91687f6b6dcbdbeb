using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Probes.Torch.Tests.Training.Batched;

public sealed class StepLengthTests
{
    // Convex functions of the length, from 0, with their slopes.
    [Theory]
    [InlineData("parabola with its minimum at 0.001")]
    [InlineData("parabola with its minimum at 1")]
    [InlineData("parabola with its minimum at 300")]
    [InlineData("steep wall behind a long descent")]
    [InlineData("flat tail")]
    public void Found_ConvexFunction_IsLowerAndFlatter(string name)
    {
        Func<double, (double Value, double Slope)> function = name switch
        {
            "steep wall behind a long descent" => x => (Math.Exp(20 * (x - 5)) - x, (20 * Math.Exp(20 * (x - 5))) - 1),
            "flat tail" => x => (Math.Exp(-x) + (0.01 * x), 0.01 - Math.Exp(-x)),
            _ when double.Parse(name.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture) is var minimum => x => (Math.Pow(x - minimum, 2), 2 * (x - minimum)),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
        var start = function(0);
        var length = new StepLength(start.Slope);
        var trials = 1;
        for (var there = function(length.Value); !length.Found(there.Slope, there.Value > start.Value, isLast: false); there = function(length.Value))
        {
            Assert.True(++trials < 20, $"{name}: no length after {trials} trials");
        }

        Assert.True(function(length.Value).Value < start.Value);
        Assert.InRange(Math.Abs(function(length.Value).Slope), 0, Math.Abs(start.Slope) / 2);
    }

    [Fact]
    public void Found_Uphill_StaysWhereItIs()
    {
        var length = new StepLength(slope: 1);

        Assert.Equal(0, length.Value);
        Assert.True(length.Found(there: 1, isHigher: false, isLast: false));
    }

    [Fact]
    public void Found_LastTrialInVain_GoesBackToTheStart()
    {
        var length = new StepLength(slope: -1);

        Assert.False(length.Found(there: -1, isHigher: true, isLast: true));
        Assert.Equal(0, length.Value);
    }
}
