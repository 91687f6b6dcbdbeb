using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Clip;
using ProbePipeline.Models.Families;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Phi3;

namespace ProbePipeline.Models.Phi3Vision;

/// <summary>Phi-3-Vision and Phi-3.5-Vision, as their published code (modeling_phi3_v.py, image_embedding_phi3_v.py) computes them.</summary>
internal sealed class Phi3VisionFamily : IModelFamily
{
    public string ModelType => "phi3_v";

    public NetworkParts Build(CheckpointReading reading)
    {
        var (config, weights) = (reading.Config, reading.Weights);
        var body = weights.At("model");
        var pictures = body.At("vision_embed_tokens");
        // The embedding table is stored a second time under the picture embedding in some files.
        body.Ignore("vision_embed_tokens.wte.weight", "a second copy of the token embeddings");

        var tower = VisionTowerKeys.Read(pictures.At("img_processor.vision_model"), reading.VisionTower ?? ClipFamily.LargePatch14Pixels336);
        var text = new Phi3Family().Read(config);
        var decoder = DecoderKeys.Read(body, weights, text);
        return new NetworkParts(tower, Projection(config, pictures, tower.Config, text), decoder, ImageTokenId: null);
    }

    private static Phi3VisionProjection Projection(ConfigReader config, WeightReader weights, VisionTowerConfig tower, DecoderConfig decoder)
    {
        var embedding = config.Object("embd_layer");
        embedding.Require("projection_cls", "mlp");
        embedding.Require("hd_transform_order", "sub_glb");
        RequireTrue(embedding, "use_hd_transform");
        RequireTrue(embedding, "with_learnable_separator");

        var processor = config.Object("img_processor");
        var state = processor.HiddenState("layer_idx", processor.Int("layer_idx", -2), tower.LayerCount);
        var (width, merged) = (decoder.HiddenSize, 4 * tower.HiddenSize);
        var gather = new ImageTokenGather(
            tower.GridSize / 2,
            ClassTokenCount: 0,
            RowEnd: weights.Tensor("sub_GN", 1, 1, 1, merged),
            Separator: weights.Tensor("glb_GN", 1, 1, merged));
        var map = new Mlp(weights.Linear("img_projection.0", width, merged), Activation.Gelu, weights.Linear("img_projection.2", width, width));
        return new Phi3VisionProjection(state, tower.GridSize, map, gather);
    }

    private static void RequireTrue(ConfigReader config, string name)
    {
        if (!config.Bool(name, true))
        {
            throw config.Error(name, "true, as the published checkpoints have it", "false");
        }
    }
}
