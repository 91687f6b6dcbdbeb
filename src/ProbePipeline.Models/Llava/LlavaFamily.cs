using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Clip;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Llava;

/// <summary>LLaVA 1.5 (Liu et al., 2023) over any known tower and decoder; defaults of transformers' LlavaConfig.</summary>
internal class LlavaFamily : IModelFamily
{
    public virtual string ModelType => "llava";

    /// <summary>What the configuration's class holds when a key is left out.</summary>
    protected virtual LlavaDefaults Defaults { get; } = new("clip_vision_model", ClipFamily.LargePatch14Pixels336, "llama", FeatureLayer: -2, FeatureSelection: "default", ImageToken: 32000);

    public virtual NetworkParts Build(CheckpointReading reading)
    {
        var (config, weights) = (reading.Config, reading.Weights);
        var keys = VisionLanguageKeys.Of(reading.Generation);
        var (visionConfig, textConfig) = (config.Object("vision_config"), config.Object("text_config"));
        var tower = VisionTowerKeys.Read(
            weights.At(keys.Vision),
            config.Has("vision_config") || Defaults.Tower is null ? ModelFamilies.Tower(visionConfig, Defaults.TowerType).Read(visionConfig) : Defaults.Tower);
        var text = ModelFamilies.Decoder(textConfig, Defaults.DecoderType).Read(textConfig).TiedAlsoBy(config);
        var decoder = DecoderKeys.Read(weights.At(keys.Language), weights.At(keys.Head), text);
        return new NetworkParts(tower, Projection(config, weights.At(keys.Model), tower.Config, text), decoder, config.Int(["image_token_index", "image_token_id"], Defaults.ImageToken));
    }

    /// <summary>[W]; the learned end of a row of patches, where the family has one.</summary>
    protected virtual Tensor? RowEnd(WeightReader weights, int width) => null;

    private LlavaProjection Projection(ConfigReader config, WeightReader weights, VisionTowerConfig tower, DecoderConfig decoder)
    {
        var order = config.IntOrList("vision_feature_layer", [Defaults.FeatureLayer]).Select(state => config.HiddenState("vision_feature_layer", state, tower.LayerCount)).ToArray();
        // One that is named twice stands there twice, in the reference too; without a bound a file could ask for a map of any size.
        if (order.Length > tower.LayerCount + 1)
        {
            throw config.Error("vision_feature_layer", $"at most {tower.LayerCount + 1} hidden states", $"{order.Length}");
        }

        var dropped = config.String("vision_feature_select_strategy", Defaults.FeatureSelection) switch
        {
            // Dropped whatever the tower is: SigLIP has no class token and so loses its first patch, in the reference too.
            "default" => 1,
            "full" => 0,
            var other => throw config.Error("vision_feature_select_strategy", "default or full", $"\"{other}\""),
        };
        var projector = weights.At("multi_modal_projector");
        var (width, bias) = (decoder.HiddenSize, config.Bool("multimodal_projector_bias", true));
        var map = new Mlp(
            projector.Linear("linear_1", width, order.Length * tower.HiddenSize, bias),
            config.Activation("projector_hidden_act", "gelu"),
            projector.Linear("linear_2", width, width, bias));
        var gather = new ImageTokenGather(tower.GridSize, tower.ClassTokenCount - dropped, RowEnd(weights, width), Separator: null);
        return new LlavaProjection(order, dropped, map, gather);
    }
}
