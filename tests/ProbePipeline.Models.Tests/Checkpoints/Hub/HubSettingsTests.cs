using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Hub;

namespace ProbePipeline.Models.Tests.Checkpoints.Hub;

public sealed class HubSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void From_Nothing_IsThePublicHubAndTheUsualCache()
    {
        var settings = HubSettings.From(_ => null);
        Assert.EndsWith(Path.Combine(".cache", "huggingface", "hub"), settings.Cache, StringComparison.Ordinal);
        Assert.Equal(("https://huggingface.co/", false), ($"{settings.Endpoint}", settings.IsOffline));
    }

    [Fact]
    public void From_Variables_TakesThem()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "token"), "from the file\n");
        Dictionary<string, string> set = new() { ["HF_HOME"] = _folder.Path, ["HF_HUB_OFFLINE"] = "True", ["HF_ENDPOINT"] = "http://mirror:8080" };
        var settings = HubSettings.From(set.GetValueOrDefault);
        Assert.Equal((Path.Combine(_folder.Path, "hub"), true, "from the file", "http://mirror:8080/"), (settings.Cache, settings.IsOffline, settings.Token, $"{settings.Endpoint}"));
        set["HF_HUB_CACHE"] = "elsewhere";
        set["HF_TOKEN"] = "from the variable";
        settings = HubSettings.From(set.GetValueOrDefault);
        Assert.Equal(("elsewhere", "from the variable"), (settings.Cache, settings.Token));
    }

    [Fact]
    public void From_EndpointThatIsNone_IsRefused() => Assert.Throws<CheckpointException>(() => HubSettings.From(name => name == "HF_ENDPOINT" ? "file:///etc" : null));

    [Theory]
    [InlineData("HF_TOKEN", "hf_marker\u00e9\u0007", "HF_TOKEN: expected a token of letters, digits and signs; found 11 characters")]
    [InlineData("HF_ENDPOINT", "ftp://user:hf_marker@host", "found 'host'")]
    public void From_SecretThatCannotBeUsed_IsNotShown(string name, string value, string message)
    {
        var error = Assert.Throws<CheckpointException>(() => HubSettings.From(variable => variable == name ? value : null));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_marker", $"{error}", StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OfAnyFault_HasNeitherTokenNorPassword()
    {
        Dictionary<string, string> set = new() { ["HF_TOKEN"] = "hf_marker\n", ["HF_ENDPOINT"] = "https://user:hf_marker@mirror:8080/hub" };
        var settings = HubSettings.From(set.GetValueOrDefault);
        Assert.Equal("hf_marker", settings.Token);
        Assert.StartsWith("https://mirror:8080/hub, cache ", $"{settings}", StringComparison.Ordinal);
        Assert.DoesNotContain("marker", $"{settings}", StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
