using ProbePipeline.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Layers;

public sealed class RotaryScheduleTests
{
    [Fact]
    public void Standard_Frequencies_AreThePowersOfTheBase() =>
        Equal([1, 0.1, 0.01, 0.001], RotarySchedule.Standard(theta: 10_000, rotated: 8).Frequencies);

    [Fact]
    public void Standard_Factor_PressesPositionsTogether() =>
        Equal([0.25, 0.025], RotarySchedule.Standard(theta: 100, rotated: 4, factor: 4).Frequencies);

    [Fact]
    public void Llama3_Frequencies_AreKeptAboveAndDividedBelowAndBlendedBetween()
    {
        // Wavelengths 6.28, 62.8, 628 against 16 (kept below it) and 64 (divided above it) of an original length of 64.
        var schedule = RotarySchedule.Llama3(theta: 1000, rotated: 6, factor: 8, lowFactor: 1, highFactor: 4, originalLength: 64);
        var blend = ((64 / (2 * Math.PI / 0.1)) - 1) / 3;
        Equal([1, ((1 - blend) * 0.1 / 8) + (blend * 0.1), 0.01 / 8], schedule.Frequencies);
    }

    [Fact]
    public void At_RowsOnBothSidesOfTheOriginalLength_UseTheirOwnFrequencies()
    {
        using var scope = NewDisposeScope();
        var schedule = RotarySchedule.LongRope(theta: 100, rotated: 4, [1, 1], [2, 4], originalLength: 5, scale: 1.5);
        // Six tokens, and four after two of padding.
        var rotary = schedule.At([0, 2], first: 0, length: 6, ScalarType.Float32, CPU);
        Assert.Equal([2, 1, 6, 4], rotary.Cosine.shape);
        Assert.Equal(1.5 * Math.Cos(5 * 0.5), rotary.Cosine[0, 0, 5, 0].ToDouble(), 1e-6);
        Assert.Equal(1.5 * Math.Cos(5 * 0.1 / 4), rotary.Cosine[0, 0, 5, 3].ToDouble(), 1e-6);
        Assert.Equal(1.5 * Math.Sin(3 * 1.0), rotary.Sine[1, 0, 5, 2].ToDouble(), 1e-6);
        Assert.Equal(1.5, rotary.Cosine[1, 0, 0, 0].ToDouble(), 1e-6);
    }

    [Fact]
    public void Rotate_PartOfAHead_LeavesTheRest()
    {
        using var scope = NewDisposeScope();
        var rotary = RotarySchedule.Standard(theta: 100, rotated: 2).At([0], first: 0, length: 3, ScalarType.Float32, CPU);
        var turned = rotary.Rotate(ones(1, 1, 3, 4));
        Assert.Equal([1, 1], turned[0, 0, 2, 2..].data<float>().ToArray());
        Assert.Equal(Math.Cos(2) - Math.Sin(2), turned[0, 0, 2, 0].ToDouble(), 1e-6);
        Assert.Equal(Math.Cos(2) + Math.Sin(2), turned[0, 0, 2, 1].ToDouble(), 1e-6);
    }

    private static void Equal(double[] expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Math.Max(1e-9, Math.Abs(pair.First) * 1e-6)));
    }
}
