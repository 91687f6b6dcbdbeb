using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Testing;

namespace ProbePipeline.Models.Tests.Families;

[Trait("Category", "Golden")]
public sealed partial class GoldenTests(ITestOutputHelper output)
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

    [Fact]
    public void Model_EveryFamilyThatIsOffered_HasAGolden()
    {
        var unknown = Assert.Throws<CheckpointException>(() => ModelFamilies.Model(ConfigReader.Of(JsonDocument.Parse("""{"model_type": "none"}""").RootElement, "config.json")));
        var offered = Offered().Match(unknown.Message).Groups[1].Value.Split(", ");
        // The one pair without a case of its own is read as its tower, which has one.
        string[] proven =
        [
            "siglip",
            .. Directory.GetDirectories(Goldens.Root).Select(folder => Path.Combine(folder, "model", "config.json")).Where(File.Exists)
                .Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("model_type").GetString()!),
        ];

        Assert.Contains("llava", offered);
        Assert.Empty(offered.Except(proven));
    }

    [GeneratedRegex(@"a known architecture \(([^)]*)\)")]
    private static partial Regex Offered();

    private void Say(string line)
    {
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
