using System.Collections.Immutable;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Qwen2;

namespace ProbePipeline.Models.Qwen2Vl;

/// <summary>
/// Qwen2-VL (Wang et al., 2024): a tower that takes pictures in their own size, with rotary positions in two dimensions; squares of patches merged; and a Qwen2 whose tokens have
/// three positions. Defaults of transformers' Qwen2VLVisionConfig and Qwen2VLTextConfig. Films are not read.
/// </summary>
internal sealed class Qwen2VlFamily : IModelFamily
{
    private const int MostMerged = 16;
    private const double LargestRatio = 64;

    public string ModelType => "qwen2_vl";

    public NetworkParts Build(CheckpointReading reading)
    {
        var (config, weights) = (reading.Config, reading.Weights);
        // As published, the decoder's keys stand in the root of the configuration.
        var textConfig = config.Has("text_config") ? config.Object("text_config") : config;
        var text = new Qwen2Family().Read(textConfig).TiedAlsoBy(config);
        text = text with { Rotary = text.Rotary with { Sections = Sections(textConfig, text.HeadSize) } };
        var isModules = weights.Has("model.visual.patch_embed.proj.weight");
        var vision = weights.At(isModules ? "model.visual" : "visual");
        var visionConfig = config.Object("vision_config");
        var towerConfig = TowerConfig(visionConfig);
        var tower = Qwen2VlTowerKeys.Read(vision, towerConfig) with { Rotary = TowerRotary(visionConfig, towerConfig) };
        return new NetworkParts(
            tower,
            Projection(vision.At("merger"), tower, text.HiddenSize),
            DecoderKeys.Read(weights.At(isModules ? "model.language_model" : "model"), weights, text),
            config.Int("image_token_id", 151655));
    }

    private static VisionTowerConfig TowerConfig(ConfigReader config)
    {
        var size = config.Size("embed_dim", 1280);
        return new VisionTowerConfig
        {
            HiddenSize = size,
            IntermediateSize = (int)(size * Ratio(config)),
            LayerCount = config.Count("depth", 32),
            HeadCount = config.Heads("num_heads", 16),
            // Pictures keep their own size.
            ImageSize = 0,
            PatchSize = config.Count("patch_size", 14),
            ChannelCount = config.Count(config.Has("in_chans") ? "in_chans" : "in_channels", 3),
            FrameCount = config.Count("temporal_patch_size", 2),
            MergedSide = config.Size("spatial_merge_size", 2, MostMerged),
            NormEpsilon = 1e-6,
            Activation = config.Activation("hidden_act", "quick_gelu"),
        };
    }

    private static double Ratio(ConfigReader config) => config.Double("mlp_ratio", 4) is var ratio && ratio > 0 && ratio <= LargestRatio
        ? ratio
        : throw config.Error("mlp_ratio", $"more than 0 and at most {LargestRatio}", $"{ratio}");

    private static PatchRotarySchedule TowerRotary(ConfigReader config, VisionTowerConfig tower) =>
        PatchRotarySchedule.Standard(config.Object("rope_parameters").Double("rope_theta", 10_000), tower.HiddenSize / tower.HeadCount);

    private static Qwen2VlProjection Projection(WeightReader weights, VisionTower tower, int width)
    {
        var side = tower.Config.MergedSide;
        var inner = side * side * tower.Config.HiddenSize;
        var map = new Mlp(weights.Linear("mlp.0", inner, inner), Activation.Gelu, weights.Linear("mlp.2", width, inner));
        return new Qwen2VlProjection(tower.Config.LayerCount, tower.FinalNorm, side, map);
    }

    private static ImmutableArray<int> Sections(ConfigReader config, int headSize)
    {
        const string Key = "mrope_section";
        var parameters = config.Object(config.Has("rope_parameters") ? "rope_parameters" : "rope_scaling");
        var sections = parameters.RequiredDoubleList(Key).Select(count => (int)count).ToImmutableArray();
        return sections.Length == 3 && sections.Sum() == headSize / 2
            ? sections
            : throw parameters.Error(Key, $"three numbers that add up to {headSize / 2}, the pairs of a head's coordinates", $"[{string.Join(", ", sections)}]");
    }
}
