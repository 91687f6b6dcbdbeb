using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Probes.Protocols;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Tests.Saving;

public sealed class OutcomeFileTests : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly string _folder = Directory.CreateTempSubdirectory("outcomes-").FullName;

    private string OutcomePath => Path.Combine(_folder, "fits", "outcome.safetensors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WrittenOutcome_IsEqualToTheBit()
    {
        var outcome = Outcome();
        OutcomeFile.Write(OutcomePath, outcome, "abc");
        var read = OutcomeFile.Read(OutcomePath, "abc");

        Assert.Equal(JsonSerializer.Serialize(outcome.Result, Json), JsonSerializer.Serialize(read.Result, Json));
        Assert.NotEmpty(read.Result.LearningCurve);
        Assert.Equal(3, read.Result.Folds.Length);
        Assert.Equal(outcome.TestPredictions, read.TestPredictions);
        Assert.Equal(Bits(outcome), Bits(read));
        Assert.Equal(3, read.Probes.Length);
        foreach (var (before, after) in outcome.Probes.Zip(read.Probes))
        {
            Assert.Equal((before.L2, string.Join(' ', before.Classes)), (after.L2, string.Join(' ', after.Classes)));
            Assert.Equal(before.Weights.Weights.SelectMany(row => row), after.Weights.Weights.SelectMany(row => row));
            Assert.Equal(before.Weights.Biases, after.Weights.Biases);
            Assert.Equal(before.Standardization.Mean, after.Standardization.Mean);
            Assert.Equal(before.Standardization.Deviation, after.Standardization.Deviation);
        }

        Assert.Equal([OutcomePath], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Read_CertainAndWrong_KeepsTheInfiniteLoss()
    {
        var outcome = Outcome();
        OutcomeFile.Write(OutcomePath, outcome with { Result = outcome.Result with { LogLoss = double.PositiveInfinity } }, "abc");
        Assert.Equal(double.PositiveInfinity, OutcomeFile.Read(OutcomePath, "abc").Result.LogLoss);
    }

    [Fact]
    public void Read_MadeFromSomethingElse_IsRefused()
    {
        OutcomeFile.Write(OutcomePath, Outcome(), "abc");
        Assert.Equal(
            $"{OutcomePath}: expected the outcome of probes that this experiment asks for; madeFrom: expected abd, found abc; delete the file, and run the same command again",
            Assert.Throws<ProbeException>(() => OutcomeFile.Read(OutcomePath, "abd")).Message);
    }

    [Fact]
    public void Read_OtherOrDamagedFile_IsRefused()
    {
        OutcomeFile.Write(OutcomePath, Outcome(), "abc");
        var bytes = File.ReadAllBytes(OutcomePath);
        bytes[^1] ^= 1;
        File.WriteAllBytes(OutcomePath, bytes);
        Assert.Contains("one with the checksum ", Assert.Throws<ProbeException>(() => OutcomeFile.Read(OutcomePath, "abc")).Message, StringComparison.Ordinal);
        new ProbeFile([new(Outcome().Probe, SavedProbes.Card("intact", "projector"))]).Save(OutcomePath);
        Assert.Contains("format: expected probepipeline.outcome, found probepipeline.probes", Assert.Throws<ProbeException>(() => OutcomeFile.Read(OutcomePath, "abc")).Message, StringComparison.Ordinal);
        File.Delete(OutcomePath);
        Assert.Contains("the file cannot be read", Assert.Throws<ProbeException>(() => OutcomeFile.Read(OutcomePath, "abc")).Message, StringComparison.Ordinal);
    }

    private static long[] Bits(ProbeOutcome outcome) => [.. outcome.TestProbabilities.SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits)];

    internal static ProbeOutcome Outcome()
    {
        ImmutableArray<int> images = [.. Enumerable.Range(0, 60)];
        ImmutableArray<int> labels = [.. images.Select(row => row % 3)];
        var study = new ProbeStudy
        {
            Rows = new LabeledRows(["a", "b", "c"], labels, images, RowSplit.Folds(images, labels, 3, 0.25, null)),
            L2 = [1e-2, 1e-1],
            LearningCurve = new LearningCurve([0.5, 1], 3),
            Bootstrap = new ClusterBootstrap(images, 100, 0),
        };
        return study.Run(new ProbeSite("vision.resid_post.0", "vision", 0), SavedProbes.Features, TestContext.Current.CancellationToken);
    }
}
