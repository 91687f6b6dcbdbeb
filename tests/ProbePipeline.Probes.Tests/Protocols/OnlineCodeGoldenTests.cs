using System.Globalization;
using ProbePipeline.Probes.Protocols;
using ProbePipeline.Probes.Tests.Training;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Tests.Protocols;

[Trait("Category", "Golden")]
public sealed class OnlineCodeGoldenTests(ITestContextAccessor context)
{
    [Theory]
    [InlineData("multiclass")]
    [InlineData("multiclass-outliers")]
    [InlineData("binary")]
    [InlineData("wide")]
    public void Lengths_CutByRowsAndClipped_AreTheReferences(string name)
    {
        var problem = new ScienceProblem(name);
        var reference = problem.Json.GetProperty("metrics").GetProperty("online_code");
        var rows = new LabeledRows([.. Enumerable.Range(0, problem.ClassCount).Select(index => $"class {index}")], problem.Labels, problem.Groups, problem.Split());
        var code = new OnlineCode { Shares = [0.05, 0.1, 0.2, 0.4, 0.7, 1], Blocks = CodeBlocks.Rows, Seed = null, Unseen = UnseenClasses.Clip };

        var (cuts, bits) = code.Lengths(
            problem.Features, rows, [(problem.Labels, problem.Json.GetProperty("chosen_l2").GetDouble())], new LbfgsTrainer(), TestContext.Current.CancellationToken);

        var expected = reference.GetProperty("bits").GetDouble();
        context.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{name}: {bits[0].Sum()} bits, expected {expected}"));
        Assert.Equal(reference.GetProperty("cuts").EnumerateArray().Select(cut => cut.GetInt32()), cuts);
        Assert.Equal(expected, bits[0].Sum(), 1e-3);
        Assert.Equal(reference.GetProperty("uniform_bits").GetDouble(), cuts[^1] * Math.Log2(problem.ClassCount), 1e-9);
        Assert.Equal(cuts.Length - 1, code.Fits(rows));
    }
}
