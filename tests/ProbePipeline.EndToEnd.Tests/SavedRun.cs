using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>A small finished run with saved probes, and a picture of its dataset with its masks: made once for all tests that apply them.</summary>
public sealed class SavedRun : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public static string Model { get; } = Path.Combine(Repository.Root, "data", "models", "partscenes-llava");

    public string Output => _folder["report"];

    public string Picture => Path.Combine(_folder["scenes"], "pictures", "00000.png");

    public string OtherPicture => Path.Combine(_folder["scenes"], "pictures", "00001.png");

    public string Mask => Path.Combine(_folder["scenes"], "masks", "00000.png");

    public async ValueTask InitializeAsync()
    {
        Assert.Equal(0, (await Probe.Run("dataset", "export", "partscenes", "--images", "2", "--to", _folder["scenes"])).ExitCode);
        var (code, _, error) = await Probe.Run(
            "run", Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"), "--set", $"output={Output}", "--set", $"model={Model}", "--set", "dataset.images=24",
            "--set", "capture.sites=[vision.resid_post.4, language.resid_post.3]", "--set", "capture.pooling=[region-mean, last]",
            "--set", "conditions.decoder-cut=null", "--set", "conditions.both-cut=null", "--set", "lens=null", "--set", "probe.control=null",
            "--set", "probe.l2=[1e-2]", "--set", "probe.bootstrap.count=100");
        Assert.Equal(("", 0), (error, code));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
