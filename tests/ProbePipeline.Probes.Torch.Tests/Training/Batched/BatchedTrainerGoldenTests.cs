using System.Globalization;
using ProbePipeline.Probes.Tests.Training;
using ProbePipeline.Probes.Training;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Probes.Torch.Tests.Training.Batched;

[Trait("Category", "Golden")]
public sealed class BatchedTrainerGoldenTests
{
    [Theory]
    [InlineData("multiclass")]
    [InlineData("multiclass-outliers")]
    [InlineData("binary")]
    [InlineData("wide")]
    public void Fit_ScienceProblem_EndsAtTheOptimumAtEveryPenalty(string name)
    {
        var problem = new ScienceProblem(name);
        var (train, test) = (problem.Rows(0), problem.Rows(2));
        var standardization = Standardization.Of(problem.Features, train);
        var (features, testFeatures) = (standardization.Apply(problem.Features, train), standardization.Apply(problem.Features, test));
        int[] labels = [.. train.Select(row => problem.Labels[row])];
        var references = problem.Json.GetProperty("sweep").EnumerateArray().ToArray();
        var set = new TrainingSet(features, labels.Length, [.. references.Select(reference => new ProbeProblem([.. labels], problem.ClassCount, reference.GetProperty("l2").GetDouble()))]);

        var fitted = new BatchedTrainer().Fit([set], TestContext.Current.CancellationToken)[0];

        Assert.Equal(7, fitted.Length);
        foreach (var (reference, weights) in references.Zip(fitted))
        {
            var l2 = reference.GetProperty("l2").GetDouble();
            var gap = ProbeObjective.Of(weights, features, labels, l2) - reference.GetProperty("objective").GetDouble();
            var difference = weights.Probabilities(testFeatures, test.Length).SelectMany(row => row).Zip(problem.Probabilities(l2), (one, other) => Math.Abs(one - other)).Max();
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{name}, l2 {l2:g}: objective {gap:e1} above scikit-learn's, probabilities within {difference:e1}"));
            Assert.InRange(gap, -1e-6, 1e-7);
            if (l2 >= 1e-4)
            {
                Assert.InRange(difference, 0, 1e-3);
            }
        }
    }
}
