using ProbePipeline.Benchmarks.Ratios;
using ProbePipeline.Testing;

namespace ProbePipeline.Benchmarks.Tests;

public sealed class RatioFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("probe-ratios-").FullName;

    private string File => Path.Combine(_folder, "ratios.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_OverAFile_IsReadAgainInOrderToThreeDigits()
    {
        System.IO.File.WriteAllText(File, "old");
        RatioFile.Write(File, new() { ["six"] = 1.31949, ["one"] = 0.8 });
        Assert.Equal([("six", 1.319), ("one", 0.8)], RatioFile.Read(File).Select(ratio => (ratio.Key, ratio.Value)));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Read_NoFile_SaysWhatWritesIt() =>
        Assert.Equal($"{File}: expected the committed ratios; found no file; eng/verify-speed --update writes it", Refused());

    [Theory]
    [InlineData("{ \"one\": ", "expected a JSON object of names and numbers")]
    [InlineData("{ \"one\": \"fast\" }", "expected a JSON object of names and numbers")]
    [InlineData("[0.8]", "expected a JSON object of names and numbers")]
    [InlineData("{ \"two\": 1, \"one\": -0.8 }", "expected ratios above 0; found -0.8 for 'one'")]
    public void Read_SomethingElse_SaysWhatIsExpected(string text, string expected)
    {
        System.IO.File.WriteAllText(File, text);
        Assert.StartsWith($"{File}: {expected}", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CommittedFile_HasAllKindsOfRatios()
    {
        var names = RatioFile.Read(Path.Combine(Repository.Root, "tests", "ProbePipeline.Benchmarks", "ratios.json")).Keys;
        Assert.All(["forwards", "loading", "probes"], kind => Assert.Contains(names, name => name.StartsWith($"{kind}: ", StringComparison.Ordinal)));
    }

    private string Refused() => Assert.Throws<InvalidDataException>(() => RatioFile.Read(File)).Message;
}
