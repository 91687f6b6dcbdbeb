using System.Text;
using System.Text.Json.Nodes;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Tests.Checkpoints;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

public sealed class NetworkLoaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("llava", KeyGeneration.Current)]
    [InlineData("llava-legacy-names", KeyGeneration.Hub)]
    [InlineData("llava-middle-names", KeyGeneration.Modules)]
    public void Load_EveryGenerationOfNames_IsRecognised(string golden, KeyGeneration generation)
    {
        using var network = TestNetworks.Load(golden);
        Assert.Equal(generation, network.KeyGeneration);
        Assert.Empty(network.Checkpoint.Ignored);
    }

    [Theory]
    [InlineData("llava-bfloat16", ScalarType.BFloat16)]
    [InlineData("llava-float16", ScalarType.Float16)]
    [InlineData("llava", ScalarType.Float32)]
    public void Load_WithoutAType_ComputesInTheStoredOne(string golden, ScalarType type)
    {
        using var network = TestNetworks.Load(golden);
        Assert.Equal(type, network.Type);
    }

    [Fact]
    public void Load_FileOfBothEncoders_TakesTheTowerAndNamesWhatItLeaves()
    {
        using var network = TestNetworks.Load("clip-full");
        Assert.Null(network.Language);
        Assert.Contains("logit_scale", network.Checkpoint.Ignored.Keys);
        Assert.Contains("text_projection.weight", network.Checkpoint.Ignored.Keys);
        Assert.All(network.Checkpoint.Used, name => Assert.StartsWith("vision_model.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_KeysThatDoNotFit_AreAllNamedAtOnce()
    {
        CopyWithKeys(
            "llama",
            name => name switch
            {
                "model.norm.weight" => "model.normal.weight",
                "model.layers.2.mlp.up_proj.weight" => null,
                _ => name,
            },
            config => config["intermediate_size"] = 96);
        var error = Assert.Throws<CheckpointException>(() => Network.Load(_folder.Path));
        Assert.Contains("2 missing: model.layers.2.mlp.up_proj.weight; model.norm.weight.", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 not used by this architecture: model.normal.weight.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TensorOfAnotherShape_SaysBothShapes()
    {
        CopyWithKeys("llama", name => name, config => config["vocab_size"] = 161);
        var error = Assert.Throws<CheckpointException>(() => Network.Load(_folder.Path));
        Assert.Contains("2 of another shape: lm_head.weight: expected [161, 48], found [160, 48]; model.embed_tokens.weight: expected [161, 48], found [160, 48].", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model_type", "\"bert\"", "model_type: expected a known architecture (llava, llava_next, phi3_v, paligemma, llava_onevision, idefics3, qwen2_vl, clip_vision_model, siglip_vision_model, vit, dinov2, dinov2_with_registers, clip, siglip, llama, mistral, qwen2, phi3, gemma2), found \"bert\"; the nearest supported one is \"llama\"")]
    [InlineData("model_type", "null", "model_type: expected a string, found nothing")]
    [InlineData("hidden_act", "\"tanhshrink\"", "hidden_act: expected quick_gelu, gelu, gelu_pytorch_tanh, silu or relu, found \"tanhshrink\"")]
    [InlineData("rope_parameters", "{\"rope_type\":\"yarn\",\"rope_theta\":1e4}", "rope_parameters.rope_type: expected default, linear, llama3, longrope or su, found \"yarn\"")]
    [InlineData("num_attention_heads", "\"six\"", "num_attention_heads: expected a whole number, found \"six\"")]
    [InlineData("num_attention_heads", "0", "num_attention_heads: expected at least 1, found 0")]
    [InlineData("num_key_value_heads", "4", "num_key_value_heads: expected a divisor of num_attention_heads, 6, found 4")]
    [InlineData("num_hidden_layers", "-1", "num_hidden_layers: expected at least 1, found -1")]
    public void Load_BadConfiguration_NamesFileAndKey(string key, string value, string message)
    {
        CopyWithKeys("llama", name => name, config => config[key] = JsonNode.Parse(value));
        var error = Assert.Throws<CheckpointException>(() => Network.Load(_folder.Path));
        Assert.Equal($"{Path.Combine(_folder.Path, "config.json")}: {message}", error.Message);
    }

    [Fact]
    public void Load_ArchitectureNearAKnownOne_NamesIt()
    {
        CopyWithKeys("llama", name => name, config => config["model_type"] = "dinov3");
        Assert.EndsWith("found \"dinov3\"; did you mean \"dinov2\"?", Assert.Throws<CheckpointException>(() => Network.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smolvlm", "idefics3")]
    [InlineData("llava_next_video", "llava_next")]
    [InlineData("dinov3_vit", "dinov2")]
    [InlineData("internvl", "llava")]
    [InlineData("mllama", "llava")]
    public void Load_UnknownArchitecture_NamesTheNearestSupportedOneThoughThereAreNoWeights(string type, string nearest)
    {
        _folder.Write("config.json", new JsonObject { ["model_type"] = type, ["vision_config"] = new JsonObject() }.ToJsonString());
        Assert.EndsWith($"found \"{type}\"; the nearest supported one is \"{nearest}\"", Assert.Throws<CheckpointException>(() => Network.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vision_config", "dinov2", "vision_config.model_type: expected a known vision tower (clip_vision_model, siglip_vision_model), found \"dinov2\"; the nearest supported one is \"clip_vision_model\"")]
    [InlineData("text_config", "gemma3", "found \"gemma3\"; did you mean \"gemma2\"?")]
    public void Load_PartThatIsNotSupported_IsNamedWithTheNearest(string part, string type, string message)
    {
        CopyWithKeys("llava", name => name, config => config[part]!["model_type"] = type);
        Assert.EndsWith(message, Assert.Throws<CheckpointException>(() => Network.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FolderWithoutConfiguration_SaysWhatIsMissing()
    {
        CopyWithKeys("llama", name => name, _ => { });
        File.Delete(Path.Combine(_folder.Path, "config.json"));
        Assert.Contains("config.json does not exist", Assert.Throws<CheckpointException>(() => Network.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A golden's checkpoint with tensors renamed or, by null, left out, and its configuration changed.</summary>
    private void CopyWithKeys(string golden, Func<string, string?> rename, Action<JsonNode> change)
    {
        var folder = Path.Combine(Repository.Root, "tests", "goldens", golden, "model");
        var stored = SafetensorsArrays.Read(Path.Combine(folder, "model.safetensors"));
        var (header, data) = (new JsonObject(), new List<byte>());
        foreach (var name in stored.Names.Where(name => rename(name) is not null))
        {
            var begin = data.Count;
            data.AddRange(stored.Raw(name));
            header[rename(name)!] = new JsonObject
            {
                ["dtype"] = stored.ElementType(name),
                ["shape"] = new JsonArray([.. stored.Shape(name).Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(begin, data.Count),
            };
        }

        var file = TemporaryFolder.Safetensors(Encoding.UTF8.GetBytes(header.ToJsonString()), data.Count);
        data.CopyTo(file, file.Length - data.Count);
        _folder.Write("model.safetensors", file);
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
        change(config);
        _folder.Write("config.json", config.ToJsonString());
    }
}
