using System.Collections.Immutable;
using System.Text;
using ProbePipeline.Features;
using ProbePipeline.Probes.Saving;

namespace ProbePipeline.Probes.Tests.Saving;

public sealed class ProbeFileTests : IDisposable
{
    private static readonly ImmutableArray<int> EveryRow = [.. Enumerable.Range(0, 60)];
    private static readonly LinearProbe Three = SavedProbes.Fit("a", "b", "häß\"lich");
    private static readonly LinearProbe Two = SavedProbes.Fit("no", "yes");

    private readonly string _folder = Directory.CreateTempSubdirectory("probes-").FullName;

    private static ProbeFile Study { get; } = new(
        [
            new(Three, SavedProbes.Card("intact", "vision.resid_post.0")),
            new(Two, SavedProbes.Card("intact", "vision.resid_post.1")),
            new(Two, SavedProbes.Card("intact", "vision.resid_post.1", "cls")),
            new(Three, SavedProbes.Card("cut", "vision.resid_post.0")),
        ],
        SavedProbes.Source);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_SavedProbes_GiveEqualProbabilitiesToTheBit()
    {
        var path = Path.Combine(_folder, "probes", "probes.safetensors");
        Study.Save(path);
        var loaded = ProbeFile.Load(path);

        Assert.Equal(SavedProbes.Source, loaded.Source);
        Assert.Equal(4, loaded.Probes.Length);
        foreach (var (before, after) in Study.Probes.Zip(loaded.Probes))
        {
            Assert.Equal(before.Card, after.Card);
            Assert.Equal(before.Probe.Classes, after.Probe.Classes);
            Assert.Equal(before.Probe.L2, after.Probe.L2);
            Assert.Equal(
                before.Probe.Probabilities(SavedProbes.Features, EveryRow).SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits),
                after.Probe.Probabilities(SavedProbes.Features, EveryRow).SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits));
        }

        Assert.Equal(File.ReadAllBytes(path), loaded.ToBytes());
        Assert.Equal([path], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Load_ClassThatTrainingLacked_KeepsItsProbabilityZero()
    {
        // What a probe has whose training rows lacked the middle class.
        var weights = Three.Weights with { Biases = Three.Weights.Biases.SetItem(1, float.NegativeInfinity) };
        var loaded = ProbeFile.Parse(new ProbeFile([new(Three with { Weights = weights }, SavedProbes.Card("intact", "projector"))]).ToBytes(), "probes");

        Assert.All(loaded.Probes[0].Probe.Probabilities(SavedProbes.Features, EveryRow), row => Assert.Equal(0, row[1]));
    }

    [Fact]
    public void ToBytes_ProbesThatAreEqual_ShareTheirTensors()
    {
        Assert.Equal(2, Study.Distinct);
        // Of each of the two: weights, mean and deviation of six columns, biases.
        var tensors = (ProbeFile.BytesOf(3, 6), (4 * 7) + (2 * 8 * 6));
        Assert.Equal((180, 124), tensors);
        var bytes = Study.ToBytes();
        Assert.Equal(180 + 124, bytes.Length - 8 - BitConverter.ToInt32(bytes));
    }

    [Fact]
    public void Find_SiteReadWithTwoPoolings_WantsThePoolingToo()
    {
        Assert.Equal("cls", Study.Find("intact", "vision.resid_post.1@cls").Card.Pooling);
        Assert.Equal("cut", Study.Find("cut", "vision.resid_post.0").Card.Condition);
        var error = Assert.Throws<ProbeException>(() => Study.Find("intact", "vision.resid_post.1"));
        Assert.Contains("name one of vision.resid_post.1@region-mean, vision.resid_post.1@cls", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("both-cut", "vision.resid_post.0", "expected one of the conditions intact, cut; found 'both-cut'")]
    [InlineData("cut", "projector", "condition 'cut': expected one of the sites vision.resid_post.0; found 'projector'")]
    public void Find_WhatWasNotSaved_NamesWhatWas(string condition, string site, string message) =>
        Assert.Contains(message, Assert.Throws<ProbeException>(() => Study.Find(condition, site)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("probepipeline.probes", "probepipeline.robots", "format: expected probepipeline.probes; found probepipeline.robots")]
    [InlineData("\"formatVersion\":\"1\"", "\"formatVersion\":\"2\"", "formatVersion: expected 1; found 2")]
    [InlineData("modelHash", "modelHush", "source: expected what this library writes")]
    [InlineData("\"probes\":", "\"prober\":", "probes: expected what this library writes; it is not there")]
    [InlineData("\\\"condition\\\":\\\"cut\\\"", "\\\"condition\\\":\\\"intact\\\"", "probes: expected one probe of intact at vision.resid_post.0@region-mean; found 2")]
    [InlineData("[\\u0022a\\u0022,", "[\\u0022b\\u0022,", "classes: expected two or more, each once; found b, b")]
    [InlineData("[\\u0022a\\u0022,", "[", "probe0.biases: expected 2 numbers, one a class; found 3")]
    [InlineData("probe1.mean", "probe1.mane", "expected a tensor 'probe1.mean'; found probe0.mean")]
    public void Parse_ForeignOrDamagedFile_NamesFileAndKey(string before, string after, string message)
    {
        var error = Assert.Throws<ProbeException>(() => ProbeFile.Parse(WithHeader(Study.ToBytes(), before, after), "the.file"));
        Assert.StartsWith("the.file: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, double.NaN, "probe0.mean")]
    [InlineData(6, 0.0, "probe0.deviation")]
    [InlineData(12, double.NaN, "probe0.weights")]
    public void Parse_NumbersThatNoProbeHas_NamesTheTensor(int place, double value, string tensor)
    {
        var bytes = WithHeader(Study.ToBytes(), "xxh128", "none");
        BitConverter.GetBytes(value).CopyTo(bytes, 8 + BitConverter.ToInt32(bytes) + (8 * place));
        // Half a double that is no number is a float that is none.
        BitConverter.GetBytes(place < 12 ? BitConverter.DoubleToInt64Bits(value) : 0x7FC00000).CopyTo(bytes, 8 + BitConverter.ToInt32(bytes) + (8 * place));
        var error = Assert.Throws<ProbeException>(() => ProbeFile.Parse(bytes, "the.file"));
        Assert.StartsWith($"the.file: {tensor}: expected", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; found others; restore the file, or save the probes anew", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFileOrAnotherKind_IsNamed()
    {
        var chunk = Path.Combine(_folder, "chunk.safetensors");
        TensorFile.Write(chunk, new Dictionary<string, string>(), [new("projector", [1], [1f])]);
        Assert.Contains("chunk.safetensors: format: expected probepipeline.probes; found none", Assert.Throws<ProbeException>(() => ProbeFile.Load(chunk)).Message, StringComparison.Ordinal);
        Assert.Contains("none.safetensors: the file cannot be read", Assert.Throws<ProbeException>(() => ProbeFile.Load(Path.Combine(_folder, "none.safetensors"))).Message, StringComparison.Ordinal);
    }

    private static byte[] WithHeader(byte[] file, string before, string after)
    {
        var length = BitConverter.ToInt32(file);
        var text = Encoding.UTF8.GetString(file, 8, length);
        var place = text.IndexOf(before, StringComparison.Ordinal);
        if (place < 0)
        {
            place = text.IndexOf(before = before.Replace("\\\"", "\\u0022", StringComparison.Ordinal), StringComparison.Ordinal);
            after = after.Replace("\\\"", "\\u0022", StringComparison.Ordinal);
        }

        Assert.True(place >= 0, $"'{before}' is in no header: {text}");
        // Without its checksum: whoever writes another file writes another checksum.
        var header = Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal).Replace("xxh128", "none", StringComparison.Ordinal));
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. file[(8 + length)..]];
    }
}
