using ProbePipeline.Probes.Conditions;

namespace ProbePipeline.Probes.Tests.Conditions;

public sealed class MeanCosineTests
{
    private static readonly FeatureMatrix One = new([1, 0, 0, 2, 3, 3, 0, 0], 2);
    private static readonly FeatureMatrix Other = new([5, 0, 1, 0, -1, -1, 1, 1], 2);

    [Fact]
    public void Of_KnownAngles_IsTheirMeanCosine()
    {
        Assert.Equal(1.0, MeanCosine.Of(One, Other, [0])!.Value, 1e-15);
        Assert.Equal(0, MeanCosine.Of(One, Other, [1])!.Value, 1e-15);
        Assert.Equal(-1, MeanCosine.Of(One, Other, [2])!.Value, 1e-15);
        Assert.Equal(0.5, MeanCosine.Of(One, Other, [0, 1])!.Value, 1e-15);
    }

    [Fact]
    public void Of_ZeroVector_IsLeftOut()
    {
        Assert.Equal(1.0, MeanCosine.Of(One, Other, [0, 3])!.Value, 1e-15);
        Assert.Null(MeanCosine.Of(One, Other, [3]));
    }

    [Fact]
    public void Of_OtherShape_SaysWhich()
    {
        var error = Assert.Throws<ProbeException>(() => MeanCosine.Of(One, new FeatureMatrix([1, 2, 3], 3), [0]));

        Assert.Contains("4 x 2 and 1 x 3", error.Message, StringComparison.Ordinal);
    }
}
