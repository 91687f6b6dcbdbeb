using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Idefics3;

/// <summary>
/// Idefics3 (Laurençon et al., 2024) and the first SmolVLM: a SigLIP tower over tiles, squares of patches merged, one map, and a Llama. Defaults of
/// transformers' Idefics3Config and Idefics3VisionConfig.
/// </summary>
internal sealed class Idefics3Family : IModelFamily
{
    private static readonly VisionTowerDefaults TowerDefaults = new(PatchSize: 32, Activation: "gelu_pytorch_tanh", NormEpsilon: 1e-6) { HiddenSize = 1152, HeadCount = 16 };

    public string ModelType => "idefics3";

    public NetworkParts Build(CheckpointReading reading)
    {
        var (config, body) = (reading.Config, reading.Weights.At("model"));
        var textConfig = config.Object("text_config");
        var tower = Tower(body.At("vision_model"), TowerDefaults.Read(config.Object("vision_config")) with { HasPatchBias = true });
        var text = ModelFamilies.Decoder(textConfig, "llama").Read(textConfig).TiedAlsoBy(config);
        return new NetworkParts(
            tower, Projection(config, body, tower, text.HiddenSize), DecoderKeys.Read(body.At("text_model"), reading.Weights, text), config.Int("image_token_id", 128257));
    }

    private static VisionTower Tower(WeightReader weights, VisionTowerConfig config)
    {
        var tower = VisionTowerKeys.Read(weights, config);
        using var positions = Idefics3Positions.Of(config.GridSize).to(tower.Embedding.PatchWeight.device);
        var learned = tower.Embedding.Positions!;
        // gather and not index_select: libtorch knows only its shapes without values, and a configuration is looked at before there are any.
        return tower with { Embedding = tower.Embedding with { Positions = learned.gather(0, positions.unsqueeze(1).expand_as(learned)) } };   // [G * G, D]
    }

    private static Idefics3Projection Projection(ConfigReader config, WeightReader body, VisionTower tower, int width)
    {
        const string Key = "scale_factor";
        const int MostMerged = 16;
        var side = config.Size(Key, 2, MostMerged);
        var grid = tower.Config.GridSize;
        if (grid % side != 0)
        {
            throw config.Error(Key, $"a divisor of the {grid} patches along an edge of a tile", $"{side}");
        }

        var map = body.Linear("connector.modality_projection.proj", width, side * side * tower.Config.HiddenSize, bias: false);
        return new Idefics3Projection(tower.Config.LayerCount, tower.FinalNorm, grid, side, map, new ImageTokenGather(grid / side, ClassTokenCount: 0, RowEnd: null, Separator: null));
    }
}
