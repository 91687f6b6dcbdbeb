using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Clip;
using ProbePipeline.Models.Dinov2;
using ProbePipeline.Models.Gemma2;
using ProbePipeline.Models.Idefics3;
using ProbePipeline.Models.Llama;
using ProbePipeline.Models.Llava;
using ProbePipeline.Models.LlavaNext;
using ProbePipeline.Models.LlavaOnevision;
using ProbePipeline.Models.Mistral;
using ProbePipeline.Models.PaliGemma;
using ProbePipeline.Models.Phi3;
using ProbePipeline.Models.Phi3Vision;
using ProbePipeline.Models.Qwen2;
using ProbePipeline.Models.Qwen2Vl;
using ProbePipeline.Models.Siglip;
using ProbePipeline.Models.Vit;

namespace ProbePipeline.Models.Families;

/// <summary>Every architecture that is known, by its <c>model_type</c>.</summary>
internal static class ModelFamilies
{
    private static readonly IVisionFamily[] Towers = [new ClipFamily(), new SiglipFamily()];

    private static readonly IDecoderFamily[] Decoders = [new LlamaFamily(), new MistralFamily(), new Qwen2Family(), new Phi3Family(), new Gemma2Family()];

    private static readonly IModelFamily[] Models =
    [
        new LlavaFamily(), new LlavaNextFamily(), new Phi3VisionFamily(), new PaliGemmaFamily(), new LlavaOnevisionFamily(), new Idefics3Family(), new Qwen2VlFamily(),
        .. Towers.Select(tower => new VisionOnlyFamily(tower)),
        // Towers that no vision-language model here is built on.
        new VisionOnlyFamily(new VitFamily()), new VisionOnlyFamily(new Dinov2Family(registers: false)), new VisionOnlyFamily(new Dinov2Family(registers: true)),
        // The files of CLIP and SigLIP hold a text encoder beside the tower.
        new VisionOnlyFamily(new ClipFamily(), "clip"), new VisionOnlyFamily(new SiglipFamily(), "siglip"),
        .. Decoders.Select(decoder => new LanguageOnlyFamily(decoder)),
    ];

    public static IVisionFamily Tower(ConfigReader config, string classDefault) =>
        Find(Towers, family => family.ModelType, config, config.String("model_type", classDefault), "vision tower", "clip_vision_model");

    public static IDecoderFamily Decoder(ConfigReader config, string classDefault) =>
        Find(Decoders, family => family.ModelType, config, config.String("model_type", classDefault), "language model", "llama");

    public static IModelFamily Model(ConfigReader config) => Find(Models, family => family.ModelType, config, config.RequiredString("model_type"), "architecture",
        config.Has("vision_config") ? "llava" : config.Has("patch_size") ? "vit" : "llama");

    private static T Find<T>(IReadOnlyCollection<T> families, Func<T, string> name, ConfigReader config, string wanted, string what, string plainest) =>
        families.FirstOrDefault(family => name(family) == wanted)
            ?? throw config.Error("model_type", $"a known {what} ({string.Join(", ", families.Select(name))})", $"\"{wanted}\"{NearestFamily.Of(wanted, [.. families.Select(name)], plainest)}");
}
