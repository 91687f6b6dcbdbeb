using System.Text.Json.Nodes;
using ProbePipeline.Inputs;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Sites;
using ProbePipeline.Models.Tests.Checkpoints;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

public sealed class LlavaFamilyTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "goldens", "llava", "model");

    [Fact]
    public void Build_SeveralFeatureLayers_PutsThemSideBySide()
    {
        using var source = new MetaWeights();
        using var network = Build(source, config => config["vision_feature_layer"] = new JsonArray(1, -1));
        Assert.Equal([48, 64], source.Asked["multi_modal_projector.linear_1.weight"]);
        Assert.Equal([1, 4], network.FeatureStates.Order());
    }

    [Theory]
    [InlineData("5")]
    [InlineData("-6")]
    public void Build_FeatureLayerThatTheTowerLacks_IsRefused(string layer)
    {
        using var source = new MetaWeights();
        var error = Assert.Throws<CheckpointException>(() => Build(source, config => config["vision_feature_layer"] = JsonNode.Parse(layer)));
        Assert.Contains($"vision_feature_layer: expected a hidden state of a tower of 4 layers (-5 to 4), found {layer}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FeatureLayerNamedTwice_StandsThereTwice()
    {
        using var source = new MetaWeights();
        using var network = Build(source, config => config["vision_feature_layer"] = new JsonArray(4, -1));
        Assert.Equal([48, 64], source.Asked["multi_modal_projector.linear_1.weight"]);
        Assert.Equal([4], network.FeatureStates);
    }

    [Fact]
    public void Build_MoreFeatureLayersThanTheTowerHasStates_IsRefused()
    {
        using var source = new MetaWeights();
        var error = Assert.Throws<CheckpointException>(() => Build(source, config => config["vision_feature_layer"] = new JsonArray(0, 1, 2, 3, 4, 4)));
        Assert.EndsWith("vision_feature_layer: expected at most 5 hidden states, found 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_FullSelection_PutsTheClassTokenInFrontOfTheSamePatches()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "config.json")))!;
        config["vision_feature_select_strategy"] = "full";
        folder.Write("config.json", config.ToJsonString());
        File.Copy(Path.Combine(Folder, "model.safetensors"), Path.Combine(folder.Path, "model.safetensors"));
        using var patches = Network.Load(Folder);
        using var full = Network.Load(folder.Path);
        Assert.Equal((false, true), (patches.KeepsClassTokens, full.KeepsClassTokens));

        var row = TestNetworks.Row(patches, seed: 1, before: 2, after: 2, region: 0);
        var picture = row.Pictures[0];
        var withClass = new ImageTokenLayout([ImageToken.ClassToken(0), .. picture.Layout.Tokens], 1, picture.Layout.GridRows, picture.Layout.GridColumns);
        var longer = row with
        {
            TokenIds = row.TokenIds.Insert(2, patches.ImageTokenId!.Value),
            Pictures = [picture with { Layout = withClass, Region = null }],
        };
        var capture = new SiteCapture(Site.Projector, Pooling.Tokens);
        using var expected = patches.Forward(new Batch([row]), new ForwardRequest { Captures = [capture] });
        using var actual = full.Forward(new Batch([longer]), new ForwardRequest { Captures = [capture] });
        Assert.Equal(17, actual[capture].Counts[0]);
        Assert.InRange(TestNetworks.Difference(actual[capture].Values[1..], expected[capture].Values), 0, 1e-6);

        // The layout of the one does not fit the other.
        Assert.Throws<NetworkInputException>(() => patches.Forward(new Batch([longer]), new ForwardRequest { Captures = [capture] }));
    }

    private static Network Build(MetaWeights source, Action<JsonNode> change)
    {
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "config.json")))!;
        change(config);
        using var document = System.Text.Json.JsonDocument.Parse(config.ToJsonString());
        return NetworkBuilder.Build(ConfigReader.Of(document.RootElement.Clone(), "config.json"), source, KeyGeneration.Current, visionTower: null, META, "llava");
    }
}
