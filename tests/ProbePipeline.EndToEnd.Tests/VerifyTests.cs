using System.Text;
using System.Text.RegularExpressions;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary><c>probe verify</c> on a finished run, of which one file after the other is damaged.</summary>
public sealed class VerifyTests(SavedRun run) : IClassFixture<SavedRun>
{
    [Fact]
    public async Task Verify_FinishedRun_IsWhole()
    {
        var (code, text, error) = await Probe.Run("verify", run.Output);
        Assert.Equal(("", $"{run.Output}: whole\n", 0), (error, text, code));
    }

    [Theory]
    [InlineData("features/chunk-00000.0-intact.safetensors", null, "this chunk is missing; run the experiment again to fill it in")]
    [InlineData("features/chunk-00000.1-vision-cut.safetensors", "", "; found other numbers, with the checksum ")]
    [InlineData("features/rows.jsonl", "[", "expected the rows that the manifest describes")]
    [InlineData("features/manifest.json", "{", "expected the manifest of a feature store")]
    [InlineData("features/manifest.json", null, "expected a feature store; found no manifest.json")]
    [InlineData("probes/probes.safetensors", "", "expected a whole safetensors file; found one with the checksum ")]
    [InlineData("report.html", "<", "expected the SHA-256 ")]
    [InlineData("chart.png", null, "expected a file of the report; it is missing")]
    [InlineData("results.json", null, "there is no such file; a finished run leaves one in its output folder")]
    [InlineData("SHA256SUMS", null, "expected the hashes of the report's files; it is missing")]
    public async Task Verify_FileDamaged_NamesItAndWhatToDo(string name, string? damage, string message)
    {
        var path = Path.Combine(run.Output, name);
        var whole = File.ReadAllBytes(path);
        try
        {
            Damage(path, whole, damage);
            var (code, text, error) = await Probe.Run("verify", run.Output);
            Assert.Equal(2, code);
            Assert.Matches(@": \d+ faults?\n$", text);
            Assert.Contains(error.Split('\n'), line => line.StartsWith($"fault: {(name.EndsWith("manifest.json", StringComparison.Ordinal) ? Path.GetDirectoryName(path) : path)}", StringComparison.Ordinal)
                && line.Contains(message, StringComparison.Ordinal));
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
        finally
        {
            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    public async Task Verify_ResultsOfOtherFeatures_SaysSo()
    {
        var path = Path.Combine(run.Output, "results.json");
        var whole = File.ReadAllBytes(path);
        try
        {
            // As if the report were that of another run: its own hashes fit together.
            File.WriteAllText(path, Regex.Replace(Encoding.UTF8.GetString(whole), "\"featuresHash\": \"[0-9a-f]{8}", "\"featuresHash\": \"00000000"));
            Assert.Equal(0, (await Probe.Run("report", run.Output)).ExitCode);
            var (code, _, error) = await Probe.Run("verify", run.Output);
            Assert.Equal(2, code);
            Assert.StartsWith($"fault: {path}: expected the results of the features with the SHA-256 ", error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
        finally
        {
            File.WriteAllBytes(path, whole);
            Assert.Equal(0, (await Probe.Run("report", run.Output)).ExitCode);
        }
    }

    [Fact]
    public async Task Verify_NoSuchFolder_IsRefused()
    {
        var (code, text, error) = await Probe.Run("verify", Path.Combine(run.Output, "none"));
        Assert.Equal((2, ""), (code, text));
        Assert.Contains("expected the output folder of a run; there is no such folder", error, StringComparison.Ordinal);
    }

    // Nothing: the file is gone; an empty text: its last bit is another; else what it begins with.
    private static void Damage(string path, byte[] whole, string? damage)
    {
        if (damage is null)
        {
            File.Delete(path);
            return;
        }

        byte[] changed = [.. whole];
        changed[^1] ^= (byte)(damage.Length == 0 ? 1 : 0);
        File.WriteAllBytes(path, damage.Length == 0 ? changed : [.. Encoding.UTF8.GetBytes(damage), .. whole]);
    }
}
