using System.Text.Json;
using System.Text.Json.Nodes;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

public sealed class Phi3VisionFamilyTests
{
    [Theory]
    [InlineData("25")]
    [InlineData("-26")]
    public void Build_FeatureLayerThatTheTowerLacks_IsRefused(string layer)
    {
        using var source = new MetaWeights();
        var error = Assert.Throws<CheckpointException>(() => Build(source, "img_processor", "layer_idx", JsonNode.Parse(layer)!));
        Assert.Contains($"img_processor.layer_idx: expected a hidden state of a tower of 24 layers (-25 to 24), found {layer}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OtherOrderOfTiles_IsRefused()
    {
        using var source = new MetaWeights();
        var error = Assert.Throws<CheckpointException>(() => Build(source, "embd_layer", "hd_transform_order", "glb_sub"));
        Assert.Contains("embd_layer.hd_transform_order: expected \"sub_glb\", as the published checkpoints have it, found \"glb_sub\"", error.Message, StringComparison.Ordinal);
    }

    private static Network Build(MetaWeights source, string part, string key, JsonNode value)
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Goldens.Folder("phi3-v"), "model", "config.json")))!;
        (config[part] ??= new JsonObject())[key] = value;
        using var document = JsonDocument.Parse(config.ToJsonString());
        return NetworkBuilder.Build(ConfigReader.Of(document.RootElement.Clone(), "config.json"), source, KeyGeneration.Current, visionTower: null, META, "phi3_v");
    }
}
