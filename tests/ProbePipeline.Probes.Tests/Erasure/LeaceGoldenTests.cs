using System.Collections.Immutable;
using ProbePipeline.Probes.Erasure;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Erasure;

[Trait("Category", "Golden")]
public sealed class LeaceGoldenTests
{
    [Fact]
    public void Fit_ScienceFeatures_ErasesAsTheReference()
    {
        var arrays = SafetensorsArrays.Read(Goldens.Folder("science", "data.safetensors"));
        var features = new FeatureMatrix(arrays.Floats("erasure/features"), (int)arrays.Shape("erasure/features")[1]);
        ImmutableArray<int> labels = [.. arrays.Integers("erasure/labels").Select(label => (int)label)];

        var eraser = Leace.Fit(features, [.. Enumerable.Range(0, features.Rows)], labels, 3);
        var erased = eraser.Apply(features);

        Assert.Equal(2, eraser.Rank);
        var expected = arrays.Floats("erasure/leace");
        var largest = Enumerable.Range(0, expected.Length).Max(place => Math.Abs(expected[place] - erased[place / features.Width][place % features.Width]));
        // A float of 11.7, the largest of them, has neighbours at 1e-6.
        Assert.InRange(largest, 0, 1e-6);
    }
}
