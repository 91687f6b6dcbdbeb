using System.Globalization;
using ProbePipeline.Testing;

namespace ProbePipeline.Models.Tests.Families;

[Trait("Category", "Golden")]
public sealed class GoldenTests(ITestOutputHelper output)
{
    [Fact]
    public void Forward_EveryGoldenCase_EqualsTheReference()
    {
        var cases = GoldenCase.All();
        var (tensors, failures) = (0, new List<string>());
        foreach (var name in cases)
        {
            using var comparison = new GoldenComparison(new GoldenCase(name));
            comparison.Run();
            tensors += comparison.Compared;
            failures.AddRange(comparison.Failures);
            Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {comparison.Compared} tensors, largest relative difference {comparison.Worst:e1}"));
        }

        Say($"{cases.Length} cases and {tensors} tensors compared in {Goldens.Root}");
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures.Take(50)));
        Assert.True(tensors > 0, $"no golden case in {Goldens.Root}");
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
