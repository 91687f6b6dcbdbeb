using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Llava;
using static TorchSharp.torch;

namespace ProbePipeline.Models.LlavaOnevision;

/// <summary>
/// LLaVA-OneVision (Li et al., 2024): LLaVA-NeXT over SigLIP and Qwen2, with more tiles, whose joined grid is shrunk to nine tiles' worth of tokens
/// (the layout says how). Defaults of transformers' LlavaOnevisionConfig.
/// </summary>
internal sealed class LlavaOnevisionFamily : LlavaFamily
{
    public override string ModelType => "llava_onevision";

    // The class's own tower has 14 heads for a width of 1152: no checkpoint can leave vision_config out.
    protected override LlavaDefaults Defaults { get; } = new("siglip_vision_model", Tower: null, "qwen2", FeatureLayer: -1, FeatureSelection: "full", ImageToken: 151646);

    public override NetworkParts Build(CheckpointReading reading)
    {
        reading.Config.Require("vision_aspect_ratio", "anyres_max_9");
        return base.Build(reading);
    }

    protected override Tensor? RowEnd(WeightReader weights, int width) => weights.Tensor("image_newline", width);
}
