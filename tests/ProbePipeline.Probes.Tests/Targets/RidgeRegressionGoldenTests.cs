using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Targets;
using ProbePipeline.Probes.Training;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Targets;

[Trait("Category", "Golden")]
public sealed class RidgeRegressionGoldenTests
{
    [Fact]
    public void Fit_ScienceTargets_ExplainsWhatTheReferenceExplains()
    {
        const int train = 200;
        var arrays = SafetensorsArrays.Read(Goldens.Folder("science", "data.safetensors"));
        using var json = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("science", "case.json")));
        var references = json.RootElement.GetProperty("ridge").EnumerateArray().ToArray();
        var features = new FeatureMatrix(arrays.Floats("erasure/features"), (int)arrays.Shape("erasure/features")[1]);
        var targets = new FeatureMatrix(arrays.Floats("ridge/targets"), 2);
        ImmutableArray<int> fitted = [.. Enumerable.Range(0, train)];
        ImmutableArray<int> tested = [.. Enumerable.Range(train, features.Rows - train)];
        var standardization = Standardization.Of(features, fitted);
        var (on, off) = (standardization.Apply(features, fitted), standardization.Apply(features, tested));
        // The reference's alpha is on the sum of the squares.
        ImmutableArray<double> penalties = [.. references.Select(reference => reference.GetProperty("alpha").GetDouble() / train)];

        var found = Enumerable.Range(0, 2).Select(column => RidgeRegression.Fit(on, [.. fitted.Select(row => (double)targets[row][column])], penalties)).ToArray();

        Assert.Equal(4, references.Length);
        foreach (var (place, reference) in references.Index())
        {
            // Means over the two targets.
            double R2(float[] rows, ImmutableArray<int> which) => Enumerable.Range(0, 2).Average(column => NumericStudy.R2(
                [.. which.Select(row => (double)targets[row][column])], Predicted(found[column][place], rows)));
            Assert.Equal(reference.GetProperty("r2_train").GetDouble(), R2(on, fitted), 1e-6);
            Assert.Equal(reference.GetProperty("r2_test").GetDouble(), R2(off, tested), 1e-6);
        }
    }

    private static double[] Predicted((double[] Weights, double Bias) fitted, float[] features) =>
        [.. features.Chunk(fitted.Weights.Length).Select(row => row.Zip(fitted.Weights).Sum(pair => pair.First * pair.Second) + fitted.Bias)];
}
