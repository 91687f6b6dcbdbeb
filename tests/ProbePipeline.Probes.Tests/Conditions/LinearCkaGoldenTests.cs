using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Conditions;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Conditions;

[Trait("Category", "Golden")]
public sealed class LinearCkaGoldenTests
{
    [Fact]
    public void Of_ScienceFeatures_IsThatOfTheReference()
    {
        var arrays = SafetensorsArrays.Read(Goldens.Folder("science", "data.safetensors"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("science", "case.json")));
        var expected = json.RootElement.GetProperty("linear_cka");
        var features = new FeatureMatrix(arrays.Floats("erasure/features"), 16);
        var targets = new FeatureMatrix(arrays.Floats("ridge/targets"), 2);
        ImmutableArray<int> rows = [.. Enumerable.Range(0, features.Rows)];

        Assert.Equal(expected.GetProperty("features_targets").GetDouble(), LinearCka.Of(features, targets, rows)!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("features_self").GetDouble(), LinearCka.Of(features, features, rows)!.Value, 1e-12);
    }
}
