using System.Collections.Immutable;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Qwen2;

namespace ProbePipeline.Models.Qwen2Vl;

/// <summary>
/// Qwen2-VL (Wang et al., 2024): a tower that takes pictures in their own size, with rotary positions in two dimensions; squares of patches merged; and a Qwen2 whose tokens have
/// three positions. Defaults of transformers' Qwen2VLVisionConfig and Qwen2VLTextConfig. Films are not read.
/// </summary>
internal sealed class Qwen2VlFamily : IModelFamily
{
    public string ModelType => "qwen2_vl";

    public NetworkParts Build(CheckpointReading reading)
    {
        var (config, weights) = (reading.Config, reading.Weights);
        // As published, the decoder's keys stand in the root of the configuration.
        var textConfig = config.Has("text_config") ? config.Object("text_config") : config;
        var text = new Qwen2Family().Read(textConfig);
        text = text with
        {
            TiesHead = text.TiesHead || config.Bool("tie_word_embeddings", false),
            Rotary = text.Rotary with { Sections = Sections(textConfig, text.HeadSize) },
        };
        var isModules = weights.Has("model.visual.patch_embed.proj.weight");
        var vision = weights.At(isModules ? "model.visual" : "visual");
        var tower = Qwen2VlTowerKeys.Read(vision, config.Object("vision_config"));
        return new NetworkParts(
            tower,
            Qwen2VlTowerKeys.Projection(vision.At("merger"), tower, text.HiddenSize),
            DecoderKeys.Read(weights.At(isModules ? "model.language_model" : "model"), weights, text),
            config.Int("image_token_id", 151655));
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
