using System.Globalization;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Training;

[Trait("Category", "Golden")]
public sealed class SoftmaxTrainerGoldenTests
{
    [Theory]
    [InlineData("multiclass")]
    [InlineData("multiclass-outliers")]
    [InlineData("binary")]
    [InlineData("wide")]
    public void Fit_ScienceProblem_ReachesTheReferencesOptimum(string name)
    {
        var problem = new ScienceProblem(name);
        var (train, test) = (problem.Rows(0), problem.Rows(2));
        var standardization = Standardization.Of(problem.Features, train);
        var (features, testFeatures) = (standardization.Apply(problem.Features, train), standardization.Apply(problem.Features, test));
        int[] labels = [.. train.Select(row => problem.Labels[row])];
        foreach (var reference in problem.Json.GetProperty("sweep").EnumerateArray())
        {
            var l2 = reference.GetProperty("l2").GetDouble();
            var weights = SoftmaxTrainer.Fit(features, labels, problem.ClassCount, l2);
            var gap = Objective(weights, features, labels, l2) - reference.GetProperty("objective").GetDouble();
            var difference = weights.Probabilities(testFeatures, test.Length).SelectMany(row => row).Zip(problem.Probabilities(l2), (one, other) => Math.Abs(one - other)).Max();
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{name}, l2 {l2:g}: objective {gap:e1} above scikit-learn's, probabilities within {difference:e1}"));
            Assert.InRange(gap, -1e-6, 1e-7);
            var hits = weights.Probabilities(features, labels.Length).Zip(labels, (row, label) => Array.IndexOf(row, row.Max()) == label ? 1.0 : 0);
            // Below 1e-4 a row on the border may fall to either side.
            Assert.Equal(reference.GetProperty("train_accuracy").GetDouble(), hits.Average(), 1e-9 + (l2 < 1e-4 ? 1.0 / labels.Length : 0));
            if (l2 >= 1e-4)
            {
                Assert.InRange(difference, 0, 1e-3);
            }
        }
    }

    private static double Objective(LinearWeights weights, float[] features, int[] labels, double l2) =>
        weights.Probabilities(features, labels.Length).Zip(labels, (row, label) => -Math.Log(row[label])).Average()
        + (l2 / 2 * weights.Weights.Sum(vector => vector.Sum(weight => (double)weight * weight)));
}
