using System.Text;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Hub;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Testing;

namespace ProbePipeline.Models.Tests.Checkpoints;

[Collection(HostileInputCollection.Name)]
public sealed class CheckpointHostileTests : IDisposable
{
    private const string Header = """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]},"none":{"dtype":"F32","shape":[0,5],"data_offsets":[32,32]}}""";

    private const string Index = """{"metadata": {"total_size": 32}, "weight_map": {"a": "one.safetensors", "b": "one.safetensors", "none": "one.safetensors"}}""";

    private const string Listing = """
        {"sha": "0123456789abcdef0123456789abcdef01234567", "siblings": [
          {"rfilename": "config.json", "size": 12, "blobId": "0123456789abcdef0123456789abcdef01234567"},
          {"rfilename": "model.safetensors", "size": 1200, "blobId": "0123456789abcdef0123456789abcdef01234567", "lfs": {"sha256": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}}]}
        """;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Open_MutatedSafetensors_IsReadOrRefusedByName() => HostileInputs.Check(
        file =>
        {
            _folder.Write("model.safetensors", file);
            Checkpoint.Open(_folder.Path);
        },
        _folder.Path,
        [typeof(CheckpointException)],
        TemporaryFolder.Safetensors(Encoding.UTF8.GetBytes(Header), 32));

    [Fact]
    public void Open_MutatedHeaderOfTheRightLength_IsReadOrRefusedByName() => HostileInputs.Check(
        header =>
        {
            _folder.Write("model.safetensors", TemporaryFolder.Safetensors(header, 32));
            Checkpoint.Open(_folder.Path);
        },
        _folder.Path,
        [typeof(CheckpointException)],
        Encoding.UTF8.GetBytes(Header));

    [Fact]
    public void Open_MutatedIndex_IsReadOrRefusedByName()
    {
        _folder.WriteSafetensors("one.safetensors", Header, 32);
        HostileInputs.Check(
            file =>
            {
                _folder.Write("model.safetensors.index.json", file);
                Checkpoint.Open(_folder.Path);
            },
            _folder.Path,
            [typeof(CheckpointException)],
            Encoding.UTF8.GetBytes(Index));
    }

    [Fact]
    public void Build_MutatedConfiguration_IsReadOrRefusedByName() => HostileInputs.Check(
        file =>
        {
            var path = _folder.Write("config.json", file);
            using var shapes = new MetaWeights();
            using var network = NetworkBuilder.Build(ConfigReader.Of(JsonFile.Read(path), path), shapes, KeyGeneration.Hub, visionTower: null, TorchSharp.torch.META, path);
        },
        _folder.Path,
        [typeof(CheckpointException)],
        [
            .. Directory.GetFiles(Goldens.Root, "config.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where(path => Path.GetFileName(Path.GetDirectoryName(path)) == "model")
                .Select(File.ReadAllBytes),
        ]);

    [Fact]
    public void Parse_MutatedListingOfTheHub_IsReadOrRefusedByName() => HostileInputs.Check(
        file =>
        {
            var id = HubId.Parse("org/name")!;
            CheckpointFiles.Needed(HubListing.Parse(file, id).Files, id);
        },
        "org/name",
        [typeof(CheckpointException)],
        Encoding.UTF8.GetBytes(Listing));

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors.index.json")]
    public void Read_DeeplyNestedFile_IsRefused(string name)
    {
        var path = _folder.Write(name, $"{{\"a\": {new string('[', 100_000)}{new string(']', 100_000)}}}");
        Assert.Contains(path, Assert.Throws<CheckpointException>(() => JsonFile.Read(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>A configuration of a few bytes that would be built until memory is full.</summary>
    [Theory]
    [InlineData("llama", "num_hidden_layers", 2_000_000_000, "at most 1024")]
    [InlineData("llama", "hidden_size", 2_000_000_000, "at most 1048576")]
    [InlineData("llama", "vocab_size", 2_000_000_000, "at most 16777216")]
    [InlineData("llama", "num_attention_heads", 8192, "at most 4096")]
    [InlineData("clip_vision_model", "image_size", 100_000, "at most 16384")]
    [InlineData("clip_vision_model", "patch_size", 2048, "at most 1024")]
    public void Build_GiganticConfiguration_SaysLimitAndFound(string type, string key, int value, string limit) => HostileInputs.Check(
        [(key, Encoding.UTF8.GetBytes($"{{\"model_type\": \"{type}\", \"{key}\": {value}}}"))],
        file =>
        {
            var path = _folder.Write("config.json", file);
            using var shapes = new MetaWeights();
            var error = Assert.Throws<CheckpointException>(() =>
                NetworkBuilder.Build(ConfigReader.Of(JsonFile.Read(path), path), shapes, KeyGeneration.Hub, visionTower: null, TorchSharp.torch.META, path));
            Assert.Contains($"{path}: {key}: expected {limit}, found {value}", error.Message, StringComparison.Ordinal);
        },
        "",
        []);

    /// <summary>A header as long as the format allows, of which every entry claims all of the data.</summary>
    [Theory]
    [InlineData(100_000_001, "expected a header of at most 100000000 bytes, found a length of 100000001")]
    [InlineData(99_999_999, "the header should be 99999999 bytes long, but the whole file has 10; it is truncated")]
    public void Read_HeaderThatClaimsGigabytes_SaysLimitAndFound(long length, string message) => HostileInputs.Check(
        [("header", [.. BitConverter.GetBytes(length), .. "{}"u8])],
        file => Assert.Contains(message, Assert.Throws<CheckpointException>(() => SafetensorsHeader.Read(_folder.Write("bomb.safetensors", file))).Message, StringComparison.Ordinal),
        "",
        []);

    public void Dispose() => _folder.Dispose();
}
