using System.Globalization;
using System.Text.Json;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

/// <summary>Names and shapes of the published models, built on the meta device from their configurations.</summary>
[Trait("Category", "Golden")]
public sealed class RealShapesTests
{
    /// <summary>LLaVA-1.5-7B's configuration as the hub has it: what equals a class default is left out.</summary>
    private const string HubLlava7B = """
        {
          "architectures": ["LlavaForConditionalGeneration"], "ignore_index": -100, "image_token_index": 32000, "model_type": "llava", "pad_token_id": 32001,
          "projector_hidden_act": "gelu",
          "text_config": {"_name_or_path": "lmsys/vicuna-7b-v1.5", "architectures": ["LlamaForCausalLM"], "max_position_embeddings": 4096, "model_type": "llama",
            "rms_norm_eps": 1e-05, "torch_dtype": "float16", "vocab_size": 32064},
          "tie_word_embeddings": false, "torch_dtype": "float16", "transformers_version": "4.36.0.dev0",
          "vision_config": {"hidden_size": 1024, "image_size": 336, "intermediate_size": 4096, "model_type": "clip_vision_model", "num_attention_heads": 16,
            "num_hidden_layers": 24, "patch_size": 14, "projection_dim": 768, "vocab_size": 32000},
          "vision_feature_layer": -2, "vision_feature_select_strategy": "default"
        }
        """;

    [Fact]
    public void Build_ConfigurationOfEveryPublishedModel_NeedsExactlyItsTensors()
    {
        var files = Directory.GetFiles(Goldens.Folder("real-shapes"), "*.json");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var published = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
            var tensors = AssertSameTensors(published, published.GetProperty("config"), Path.GetFileName(file));
            TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}: {tensors} tensors"));
        }
    }

    [Fact]
    public void Build_ConfigurationThatLeavesOutClassDefaults_NeedsTheSameTensors()
    {
        var file = Goldens.Folder("real-shapes", "llava-1.5-7b.json");
        Assert.SkipUnless(File.Exists(file), $"{file} is not among these goldens");
        AssertSameTensors(JsonDocument.Parse(File.ReadAllBytes(file)).RootElement, JsonDocument.Parse(HubLlava7B).RootElement, "the hub's configuration");
    }

    private static int AssertSameTensors(JsonElement published, JsonElement config, string name)
    {
        using var source = new MetaWeights();
        using var network = NetworkBuilder.Build(ConfigReader.Of(config, name), source, KeyGeneration.Hub, visionTower: null, META, name);
        var expected = published.GetProperty("tensors").EnumerateObject().Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Value.EnumerateArray())}]");
        var actual = source.Asked.Select(tensor => $"{tensor.Key} [{string.Join(", ", tensor.Value)}]");
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
        Assert.Equal(published.GetProperty("parameters").GetInt64(), network.Checkpoint.ParameterCount);
        return source.Asked.Count;
    }
}
