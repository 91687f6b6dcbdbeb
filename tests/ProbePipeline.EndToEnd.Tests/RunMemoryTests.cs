using System.Globalization;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>What a run holds in memory: the model, a batch, a chunk; never all rows.</summary>
public sealed class RunMemoryTests : IDisposable
{
    private const int Few = 20;

    // What lists of rows, the garbage collector's leeway and noise may add; the features of the rows that are more are three times as large.
    private const long Leeway = 40_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_TenTimesTheRows_HoldsNoMoreMemory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the peak is read from /proc");
        var (few, fewBytes) = await Peak(Few);
        var (many, manyBytes) = await Peak(10 * Few);
        Assert.True(manyBytes - fewBytes > 3 * Leeway, $"{manyBytes - fewBytes} bytes of features more would not be seen");
        Assert.True(many - few < Leeway, $"{few} bytes with {Few} pictures, {many} with {10 * Few}");
    }

    // Two conditions, many states a row, no probes.
    private async Task<(long Peak, long Features)> Peak(int pictures)
    {
        var output = _folder[pictures.ToString(CultureInfo.InvariantCulture)];
        string[] sets =
        [
            $"model={Path.Combine(Repository.Root, "data", "models", "partscenes-llava")}", string.Create(CultureInfo.InvariantCulture, $"dataset.images={pictures}"), $"output={output}",
            "conditions.decoder-cut=null", "conditions.both-cut=null", "conditions.region-only=null", "probe=null", "lens=null", "capture.chunkPictures=5", "capture.batchSize=30",
            "capture.sites=[vision.attn_out, vision.mlp_out, vision.resid_post, language.attn_out, language.mlp_out, language.resid_post]",
            "capture.pooling=[region-mean, region-max, image-mean]",
        ];
        var (code, error, peak) = await Probe.RunMeasured(
            ["run", Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"), .. sets.SelectMany(set => new[] { "--set", set })]);
        Assert.True(code == 0, error);
        return (peak, Directory.GetFiles(Path.Combine(output, "features")).Sum(file => new FileInfo(file).Length));
    }
}
