using ProbePipeline.Probes.Erasure;

namespace ProbePipeline.Probes.Tests.Erasure;

public sealed class LinearEraserTests
{
    [Fact]
    public void Apply_OneDirection_TakesAwayWhatIsReadAroundTheMean()
    {
        // Reads x + y about (1, 2), and takes that much of (0.5, 0, 1) away.
        var eraser = new LinearEraser([1, 2, 3], [0.5f, 0, 1], [1, 1, 0]);

        var erased = eraser.Apply(new FeatureMatrix([1, 2, 3, 2, 4, 6], 3));

        Assert.Equal((3, 1), (eraser.Width, eraser.Rank));
        Assert.Equal([1, 2, 3], erased[0].ToArray());
        Assert.Equal([0.5f, 4, 3], erased[1].ToArray());
    }

    [Fact]
    public void Apply_TwoDirections_ReadsLeftByRowAndRightByDirection()
    {
        var eraser = new LinearEraser([0, 0], [1, 0, 0, 10], [1, 0, 0, 1]);

        Assert.Equal([0, -18], eraser.Apply(new FeatureMatrix([5, 2], 2))[0].ToArray());
    }

    [Fact]
    public void Apply_VectorsOfAnotherWidth_SaysWhichItExpects()
    {
        var error = Assert.Throws<ProbeException>(() => new LinearEraser([0, 0], [1, 0], [1, 0]).Apply(new FeatureMatrix([1, 2, 3], 3)));

        Assert.Contains("vectors of 2 numbers", error.Message, StringComparison.Ordinal);
        Assert.Contains("found 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new float[0], new float[0], new float[0])]
    [InlineData(new float[] { 1, 2 }, new float[] { 1, 2 }, new float[] { 1, 2, 3, 4 })]
    [InlineData(new float[] { 1, 2 }, new float[] { 1, 2, 3 }, new float[] { 1, 2, 3 })]
    [InlineData(new float[] { 1, 2 }, new[] { 1, float.NaN }, new float[] { 1, 2 })]
    public void Constructor_PartsThatDoNotFit_Throws(float[] mean, float[] left, float[] right) =>
        Assert.Throws<ProbeException>(() => new LinearEraser([.. mean], [.. left], [.. right]));
}
