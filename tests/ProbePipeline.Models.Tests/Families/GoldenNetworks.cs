using ProbePipeline.Inputs;
using ProbePipeline.Models.Layers;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Families;

/// <summary>What the goldens leave to their README.</summary>
internal static class GoldenNetworks
{
    /// <summary>
    /// Phi-3-Vision's configuration does not state the tower's shape. The tensors do, but for the number of heads: 4 in the reduced case,
    /// as the goldens' README says.
    /// </summary>
    public static VisionTowerConfig? VisionTower(GoldenCase golden)
    {
        if (golden.ModelType != "phi3_v")
        {
            return null;
        }

        const string Tower = "model.vision_embed_tokens.img_processor.vision_model.";
        var weights = SafetensorsArrays.Read(Path.Combine(golden.ModelFolder, "model.safetensors"));
        var patch = weights.Shape(Tower + "embeddings.patch_embedding.weight");
        var patches = weights.Shape(Tower + "embeddings.position_embedding.weight")[0] - 1;
        return new VisionTowerConfig
        {
            HiddenSize = (int)patch[0],
            IntermediateSize = (int)weights.Shape(Tower + "encoder.layers.0.mlp.fc1.weight")[0],
            LayerCount = Enumerable.Range(0, int.MaxValue).First(layer => !weights.Contains($"{Tower}encoder.layers.{layer}.layer_norm1.weight")),
            HeadCount = 4,
            ImageSize = (int)(Math.Sqrt(patches) * patch[2]),
            PatchSize = (int)patch[2],
            Activation = Activation.QuickGelu,
            NormEpsilon = 1e-5,
            ClassTokenCount = 1,
            HasEmbeddingNorm = true,
        };
    }

    /// <summary>
    /// The reference shows every patch of every tile, [tiles, patches, W], before tiles are packed; we show the image tokens in reading order.
    /// Puts ours where the reference has them; patches that unpadding removes enter nothing and are taken over.
    /// </summary>
    public static Tensor InReferenceOrder(RowStates projected, Batch batch, long[] shape, Tensor expected)
    {
        var result = expected.clone().view(-1, shape[^1]);
        var (token, firstTile, compared) = (0, 0, 0);
        foreach (var layout in batch.Rows.SelectMany(row => row.Pictures).Select(picture => picture.Layout))
        {
            foreach (var place in layout.Tokens)
            {
                if (place.Kind == ImageTokenKind.Patch)
                {
                    result[((firstTile + place.Tile) * shape[1]) + (place.Row * layout.GridColumns) + place.Column] = projected.Values[token];
                    compared++;
                }

                token++;
            }

            firstTile += layout.TileCount;
        }

        Assert.True(compared > 0 && firstTile == shape[0] && token == projected.Values.shape[0]);
        return result.view(shape);
    }
}
