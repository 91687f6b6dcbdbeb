using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Gemma;
using ProbePipeline.Models.Siglip;

namespace ProbePipeline.Models.PaliGemma;

/// <summary>
/// PaliGemma (Beyer et al., 2024): SigLIP, one map, and Gemma, whose prompt is a prefix in which every token sees every other; only what comes after it is causal. Defaults of
/// transformers' PaliGemmaConfig.
/// </summary>
internal sealed class PaliGemmaFamily : IModelFamily
{
    private const int DefaultImageToken = 256000;

    public string ModelType => "paligemma";

    public NetworkParts Build(CheckpointReading reading)
    {
        var (config, weights) = (reading.Config, reading.Weights);
        var keys = VisionLanguageKeys.Of(reading.Generation);
        var (visionConfig, textConfig) = (config.Object("vision_config"), config.Object("text_config"));
        visionConfig.Require("model_type", "siglip_vision_model", "a SigLIP tower, siglip_vision_model");
        // PaliGemma 2 puts Gemma 2 in its place, whose windows no reference here pins down together with the prefix.
        textConfig.Require("model_type", "gemma", "Gemma, gemma, as the first PaliGemma has it");
        var tower = VisionTowerKeys.Read(weights.At(keys.Vision), new SiglipFamily().Read(visionConfig));
        var text = new GemmaFamily().Read(textConfig) with { HasBidirectionalPrefix = true };
        var map = weights.At(keys.Model).Linear("multi_modal_projector.linear", text.HiddenSize, tower.Config.HiddenSize);
        return new NetworkParts(
            tower,
            new PaliGemmaProjection(tower.Config.LayerCount, tower.FinalNorm, map),
            DecoderKeys.Read(weights.At(keys.Language), weights.At(keys.Head), text),
            config.Int(["image_token_index", "image_token_id"], DefaultImageToken));
    }
}
