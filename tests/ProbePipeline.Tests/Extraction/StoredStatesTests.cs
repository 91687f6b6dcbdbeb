using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Probes;

namespace ProbePipeline.Tests.Extraction;

public sealed class StoredStatesTests
{
    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void States_NumberThatIsNone_NamesConditionSiteRowAndColumn(float value, string shown)
    {
        using var folder = new TemporaryFolder();
        var store = Store(folder, [1, 2, 3, value]);

        var error = Assert.Throws<ProbeException>(() => store.States("cut", "projector"));

        Assert.StartsWith($"cut, projector, b: expected finite numbers; found {shown} in row 1, column 1; ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void States_Numbers_AreTheRows()
    {
        using var folder = new TemporaryFolder();
        var states = Store(folder, [1, 2, 3, 4]).States("cut", "projector");

        Assert.Equal((2, 2), (states.Rows, states.Width));
        Assert.Equal([3, 4], states[1].ToArray());
    }

    private static FeatureStore Store(TemporaryFolder folder, float[] values)
    {
        var manifest = new FeatureManifest
        {
            Inputs = [],
            Conditions = ["cut"],
            Columns = [new FeatureColumn("projector", FeatureType.Float32, 2)],
            AttributeNames = [],
            ChunkRows = [2],
        };
        var store = FeatureStore.Begin(Path.Combine(folder.Path, "features"), manifest, [new FeatureRow("a", 0, []), new FeatureRow("b", 1, [])]);
        var stored = new FeatureValues();
        stored.Set("projector", values);
        store.Write(0, "cut", stored);
        return store;
    }
}
