using System.Globalization;

namespace ProbePipeline.Probes.Tests;

public sealed class FeatureMatrixTests
{
    [Fact]
    public void Indexer_Row_IsItsVector()
    {
        var features = new FeatureMatrix([1, 2, 3, 4, float.MaxValue, float.MinValue], 3);

        Assert.Equal((2, 3), (features.Rows, features.Width));
        Assert.Equal([4, float.MaxValue, float.MinValue], features[1].ToArray());
    }

    [Fact]
    public void Constructor_NoWholeRows_IsRefusedWithTheNumbers()
    {
        var message = Assert.Throws<ProbeException>(() => new FeatureMatrix(new float[7], 3)).Message;

        Assert.Equal("expected rows of 3 numbers; found 7 numbers, which are no whole rows", message);
    }

    [Fact]
    public void Constructor_NoColumns_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureMatrix([], 0));

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Constructor_NumberThatIsNotFinite_IsNamedByRowAndColumn(float odd, string named)
    {
        var values = new float[20];
        values[13] = odd;
        values[17] = odd;
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // Cultures write infinity as a sign.
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            var message = Assert.Throws<ProbeException>(() => new FeatureMatrix(values, 4)).Message;

            Assert.Equal($"expected finite numbers; found {named} in row 3, column 1", message);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
