using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Hub;
using ProbePipeline.Testing;

namespace ProbePipeline.Models.Tests.Checkpoints.Hub;

/// <summary>Downloads from a server on this machine that speaks the hub's protocol.</summary>
public sealed class HubDownloadTests : IDisposable
{
    private const string Weights = "model.safetensors";

    private static readonly HubId Id = new("org/name", "main");
    private static readonly string Golden = Path.Combine(Goldens.Folder("llava"), "model");

    private readonly TemporaryFolder _folder = new();
    private readonly HubServer _server = new();
    private readonly QuickTime _time = new();

    public HubDownloadTests()
    {
        foreach (var file in new[] { "config.json", Weights })
        {
            _server[file] = File.ReadAllBytes(Path.Combine(Golden, file));
        }

        _server["README.md"] = [1, 2, 3];
        _server["pytorch_model.bin"] = [4, 5, 6];
    }

    private HubSettings Settings => new() { Cache = Path.Combine(_folder.Path, "hub"), Endpoint = _server.Endpoint, Token = "hf_secret" };

    private string Blobs => Path.Combine(Settings.Cache, "models--org--name", "blobs");

    [Fact]
    public void Model_NotInTheCache_IsDownloadedInTheCachesOwnForm()
    {
        var folder = Get();
        Assert.Equal(Path.Combine(Settings.Cache, "models--org--name", "snapshots", HubServer.Commit), folder);
        Assert.Equal(["config.json", Weights], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(_server[Weights], File.ReadAllBytes(Path.Combine(folder, Weights)));
        Assert.StartsWith("../../blobs/", new FileInfo(Path.Combine(folder, Weights)).LinkTarget, StringComparison.Ordinal);
        Assert.Equal(HubServer.Commit, File.ReadAllText(Path.Combine(Settings.Cache, "models--org--name", "refs", "main")));
        using var network = Network.Load(folder);
        Assert.Equal("llava", network.ModelType);
    }

    [Fact]
    public void Model_InTheCache_AsksForNothing()
    {
        var first = Get();
        _server.Requests.Clear();
        Assert.Equal(first, Get());
        Assert.Equal(first, new HubDownload(Settings with { IsOffline = true }, _time).Model(Id, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(first, new HubDownload(Settings, _time).Model(Id with { Revision = HubServer.Commit }, cancellation: TestContext.Current.CancellationToken));
        Assert.Empty(_server.Requests);
    }

    /// <summary>Whatever goes wrong, no error, with all that it was caused by, shows the token or what stands for a user in the hub's address; nor does any file of the cache.</summary>
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(500)]
    [InlineData(0)]
    [InlineData(200)]
    public void Model_AnyFault_ShowsNoSecret(int status)
    {
        const string Marker = "hf_markermarkermarker";
        for (var fault = 0; status > 200 && fault < 12; fault++)
        {
            _server.Faults.Enqueue(("/", status, null));
        }

        if (status == 200)
        {
            _server.Corrupted.Add(Weights);
        }

        var address = new UriBuilder(_server.Endpoint) { UserName = "user", Password = Marker };
        address.Port = status == 0 ? 1 : address.Port;
        var settings = Settings with { Token = Marker, Endpoint = address.Uri };
        var error = Assert.Throws<CheckpointException>(() => new HubDownload(settings, _time).Model(Id, cancellation: TestContext.Current.CancellationToken));
        Assert.DoesNotContain("marker", $"{error}{settings}", StringComparison.Ordinal);
        Assert.All(
            Directory.Exists(Settings.Cache) ? Directory.GetFiles(Settings.Cache, "*", SearchOption.AllDirectories) : [],
            file => Assert.Equal(-1, File.ReadAllBytes(file).AsSpan().IndexOf("marker"u8)));
        Assert.All(_server.Requests, request => Assert.DoesNotContain("marker", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Model_SentOnToAnotherHost_KeepsTheTokenFromIt()
    {
        Get();
        Assert.All(_server.Requests, request => Assert.Equal(request.Path.StartsWith("store/", StringComparison.Ordinal) ? null : "Bearer hf_secret", request.Token));
        Assert.Contains(_server.Requests, request => request.Path == $"store/{Weights}");
        Assert.DoesNotContain("hf_secret", $"{Settings}", StringComparison.Ordinal);
    }

    [Fact]
    public void Model_ConnectionCutInTheMiddle_GoesOnFromThere()
    {
        _server.CutAfter[Weights] = 1000;
        var folder = Get();
        Assert.Equal([null, "bytes=1000-"], _server.Requests.Where(request => request.Path == $"store/{Weights}").Select(request => request.Range));
        Assert.Equal(_server[Weights], File.ReadAllBytes(Path.Combine(folder, Weights)));
    }

    [Fact]
    public void Model_ConnectionOnWhichNothingComes_IsLostAndGoneOnFromThere()
    {
        _server.StallAfter[Weights] = 1000;
        var folder = new HubDownload(Settings with { Patience = TimeSpan.FromSeconds(0.5) }, _time).Model(Id, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([null, "bytes=1000-"], _server.Requests.Where(request => request.Path == $"store/{Weights}").Select(request => request.Range));
        Assert.Equal(_server[Weights], File.ReadAllBytes(Path.Combine(folder, Weights)));
    }

    [Fact]
    public void Model_ListingCutInTheMiddle_IsAskedForAgain()
    {
        _server.CutAfter[HubServer.Listing] = 50;
        Get();
        Assert.Equal(2, _server.Requests.Count(request => request.Path.StartsWith("/api/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Model_ListingThatComesSteadilyForLongerThanNothingMay_IsRead()
    {
        _server.SlowFor[HubServer.Listing] = TimeSpan.FromSeconds(0.5);
        new HubDownload(Settings with { Patience = TimeSpan.FromSeconds(0.2) }, _time).Model(Id, cancellation: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Model_HostThatKnowsNoRanges_BeginsAnew()
    {
        (_server.CutAfter[Weights], _server.KnowsRanges) = (1000, false);
        Assert.Equal(_server[Weights], File.ReadAllBytes(Path.Combine(Get(), Weights)));
    }

    [Fact]
    public void Model_EarlierAttempt_IsContinuedByTheNextRun()
    {
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_server[Weights]));
        Directory.CreateDirectory(Blobs);
        File.WriteAllBytes(Path.Combine(Blobs, $"{hash}.incomplete"), _server[Weights][..500]);
        Get();
        Assert.Equal("bytes=500-", _server.Requests.Single(request => request.Path == $"store/{Weights}").Range);
        Assert.Empty(Directory.GetFiles(Blobs, "*.incomplete"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public void Model_FaultThatPasses_IsTriedAgain(int status)
    {
        _server.Faults.Enqueue(("/api/", status, null));
        _server.Faults.Enqueue(("store/", status, null));
        Get();
        Assert.Equal(2, _time.Waits.Count);
    }

    [Fact]
    public void Model_TooManyRequests_WaitsAsLongAsTheHubSays()
    {
        _server.Faults.Enqueue(("/api/", 429, 17));
        Get();
        Assert.Equal(TimeSpan.FromSeconds(17), Assert.Single(_time.Waits));
    }

    [Theory]
    [InlineData(401, "accept the repository's licence on its page, and set HF_TOKEN")]
    [InlineData(403, "accept the repository's licence on its page, and set HF_TOKEN")]
    [InlineData(404, "check the spelling")]
    [InlineData(400, "the hub answers 400")]
    public void Model_Refused_SaysWhatToDoAndIsNotTriedAgain(int status, string expected)
    {
        _server.Faults.Enqueue(("/api/", status, null));
        var error = Assert.Throws<CheckpointException>(Get);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hf_secret", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public void Model_GatedWithoutToken_SaysThatNoneIsSet()
    {
        _server.NeededToken = "another";
        var error = Assert.Throws<CheckpointException>(() => new HubDownload(Settings with { Token = null }, _time).Model(Id, cancellation: TestContext.Current.CancellationToken));
        Assert.EndsWith("none is set", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_FaultThatStays_IsGivenUp()
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            _server.Faults.Enqueue(("/api/", 503, null));
        }

        Assert.Contains("the hub answers 503 after 5 retries", Assert.Throws<CheckpointException>(Get).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_AnotherContentThanStated_IsRefusedAndDeleted()
    {
        _server.Corrupted.Add(Weights);
        Assert.Contains($"{Weights}: expected", Assert.Throws<CheckpointException>(Get).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(Blobs), file => new FileInfo(file).Length == _server[Weights].Length);
        _server.Corrupted.Clear();
        Get();
    }

    [Theory]
    [InlineData("../outside.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b.json")]
    [InlineData("a\\b.json")]
    public void Model_FileThatLeavesItsFolder_StopsEverything(string name)
    {
        _server.Stray = name;
        Assert.Contains("which leaves the repository's folder", Assert.Throws<CheckpointException>(Get).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Blobs));
    }

    [Fact]
    public void Model_NotEnoughRoom_IsRefusedBeforeAnythingIsFetched()
    {
        Assert.Contains("are to be downloaded", Assert.Throws<CheckpointException>(() => new HubDownload(Settings, _time, _ => 10).Model(Id, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Requests, request => request.Path.StartsWith("store/", StringComparison.Ordinal));
    }

    [Fact]
    public void Model_Offline_SaysThatItIsNotInTheCache() => Assert.Contains(
        "HF_HUB_OFFLINE", Assert.Throws<CheckpointException>(() => new HubDownload(Settings with { IsOffline = true }, _time).Model(Id, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void Model_OnlyPickles_SaysSo()
    {
        using var server = new HubServer { ["config.json"] = [1], ["pytorch_model.bin"] = [2] };
        Assert.Contains("pytorch_model.bin: pickled weights can run code", Assert.Throws<CheckpointException>(() => new HubDownload(Settings with { Endpoint = server.Endpoint }, _time).Model(Id, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"llava\"", "\"mllama\"", "org/name: config.json: model_type: expected a known architecture")]
    [InlineData("\"clip_vision_model\"", "\"dinov2\"", "org/name: config.json: vision_config.model_type: expected a known vision tower")]
    public void Model_NotSupported_IsRefusedBeforeItsWeightsAreFetched(string found, string replaced, string expected)
    {
        var config = System.Text.Encoding.UTF8.GetString(_server["config.json"]);
        Assert.Contains(found, config, StringComparison.Ordinal);
        _server["config.json"] = System.Text.Encoding.UTF8.GetBytes(config.Replace(found, replaced, StringComparison.Ordinal));
        Assert.StartsWith(expected, Assert.Throws<CheckpointException>(Get).Message, StringComparison.Ordinal);
        Assert.Contains(_server.Requests, request => request.Path == "store/config.json");
        Assert.DoesNotContain(_server.Requests, request => request.Path == $"store/{Weights}");
    }

    [Fact]
    public void Model_EveryFamilyOfTheGoldens_PassesTheLookAtItsConfiguration()
    {
        foreach (var folder in Directory.GetDirectories(Goldens.Root).Select(folder => Path.Combine(folder, "model")).Where(Directory.Exists))
        {
            using var server = new HubServer { ["config.json"] = File.ReadAllBytes(Path.Combine(folder, "config.json")), [Weights] = _server[Weights] };
            var settings = Settings with { Endpoint = server.Endpoint, Cache = Path.Combine(_folder.Path, Path.GetFileName(Path.GetDirectoryName(folder))!) };
            new HubDownload(settings, _time).Model(Id, cancellation: TestContext.Current.CancellationToken);
            Assert.Contains(server.Requests, request => request.Path == $"store/{Weights}");
        }
    }

    [Fact]
    public void Model_HubThatIsNotThere_SaysSo()
    {
        _server.Dispose();
        Assert.Contains("cannot be reached", Assert.Throws<CheckpointException>(Get).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_Progress_EndsWithAllBytes()
    {
        var last = default(HubProgress);
        _server.CutAfter[Weights] = 1000;
        new HubDownload(Settings, _time).Model(Id, new Latest(value => last = value.Done > last.Done ? value : last), TestContext.Current.CancellationToken);
        var all = _server["config.json"].Length + _server[Weights].Length;
        Assert.Equal(new HubProgress(all, all), last);
    }

    /// <summary>An earlier run left a part of every file: some, all, or more than it can be, which counts for nothing.</summary>
    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.5, false)]
    [InlineData(1, true)]
    [InlineData(1.5, true)]
    public void Model_ProgressAfterAnEarlierAttempt_BeginsWithItsBytesAndEndsWithAll(double part, bool knowsRanges)
    {
        Directory.Delete(Get(), recursive: true);
        _server.KnowsRanges = knowsRanges;
        var (kept, all) = (0L, 0L);
        foreach (var blob in Directory.GetFiles(Blobs))
        {
            using (var stream = File.OpenWrite(blob))
            {
                all += stream.Length;
                stream.SetLength((long)(part * stream.Length));
                kept += part > 1 ? 0 : stream.Length;
            }

            File.Move(blob, $"{blob}.incomplete");
        }

        var reports = new List<HubProgress>();
        new HubDownload(Settings, _time).Model(Id, new Latest(reports.Add), TestContext.Current.CancellationToken);
        Assert.Equal(new HubProgress(kept, all), reports[0]);
        Assert.Equal(new HubProgress(all, all), reports[^1]);
        Assert.All(reports, report => Assert.InRange(report.Done, 0, all));
    }

    [Fact]
    public void Model_Stopped_KeepsWhatItHas()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Latest(value => (value.Done > 0 ? stop : null)?.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => new HubDownload(Settings, _time).Model(Id, progress, stop.Token));
        Assert.NotEmpty(Directory.GetFiles(Blobs));
        Get();
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private string Get() => new HubDownload(Settings, _time).Model(Id, cancellation: TestContext.Current.CancellationToken);

    private sealed class Latest(Action<HubProgress> report) : IProgress<HubProgress>
    {
        public void Report(HubProgress value)
        {
            lock (this)
            {
                report(value);
            }
        }
    }
}
