using System.Collections.Immutable;
using ProbePipeline.Benchmarks.Checkpoints;
using ProbePipeline.Inputs;
using ProbePipeline.Models;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Families;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Forwards;

/// <summary>
/// A LLaVA of random weights, large enough to be limited by matrix products as the published ones are: CLIP of width 512 with 12 layers (224 pixels in patches of
/// 14: 257 tokens), Llama of width 768 with 12 layers; prompts of 276 tokens with the picture at 5 to 260, regions of 4 patches.
/// </summary>
internal static class BenchmarkModel
{
    public const int ImageToken = 623;

    private const int PromptLength = 276;
    private const int ImageStart = 5;
    private const int ImageTokens = 256;
    private const int Grid = 16;
    private const int PictureNumbers = 3 * 224 * 224;

    private static readonly string Config = $$"""
        {
          "model_type": "llava", "dtype": "float32", "image_token_index": {{ImageToken}}, "projector_hidden_act": "gelu",
          "vision_feature_layer": -2, "vision_feature_select_strategy": "default",
          "vision_config": { "model_type": "clip_vision_model", "hidden_size": 512, "intermediate_size": 2048, "num_hidden_layers": 12, "num_attention_heads": 8,
            "image_size": 224, "patch_size": 14, "hidden_act": "quick_gelu", "projection_dim": 512 },
          "text_config": { "model_type": "llama", "hidden_size": 768, "intermediate_size": 2048, "num_hidden_layers": 12, "num_attention_heads": 12,
            "num_key_value_heads": 12, "vocab_size": 32064, "max_position_embeddings": 2048, "rms_norm_eps": 1e-5 }
        }
        """;

    /// <summary>Bytes that the checkpoint takes on the disk.</summary>
    public const long Bytes = 800_000_000;

    /// <summary>Writes config.json and the weights.</summary>
    public static void Write(string folder, CancellationToken stop)
    {
        var path = Path.Combine(folder, "config.json");
        File.WriteAllText(path, Config);
        using var meta = new MetaWeights();
        using (NetworkBuilder.Build(ConfigReader.Open(path), meta, KeyGeneration.Current, visionTower: null, META, folder))
        {
            RandomShards.Write(folder, meta.Asked.Select(tensor => (tensor.Key, tensor.Value)), ScalarType.Float32, stop);
        }
    }

    /// <summary>Rows of random questions about random pictures.</summary>
    /// <param name="pictures">How many pictures.</param>
    /// <param name="questions">How many rows ask about each.</param>
    public static ImmutableArray<PromptRow> Rows(int pictures, int questions)
    {
        var random = new Random(0);
        var layout = new ImageTokenLayout(
            [.. Enumerable.Range(0, ImageTokens).Select(token => new ImageToken(ImageTokenKind.Patch, 0, token / Grid, token % Grid))], tileCount: 1, Grid, Grid);
        return
        [
            .. from picture in Enumerable.Range(0, pictures)
               let pixels = Enumerable.Range(0, PictureNumbers).Select(_ => (random.NextSingle() * 4) - 2).ToArray()
               let before = Words(ImageStart)
               from question in Enumerable.Range(0, questions)
               let corner = (random.Next(Grid - 1) * Grid) + random.Next(Grid - 1)
               let region = ImmutableArray.Create(corner, corner + 1, corner + Grid, corner + Grid + 1)
               select new PromptRow(
                   [.. before, .. Enumerable.Repeat(ImageToken, ImageTokens), .. Words(PromptLength - ImageStart - ImageTokens)],
                   [new PictureInput(pixels, layout, new PictureRegion([region], region))]),
        ];

        int[] Words(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(1, 600))];
    }

    /// <summary>
    /// Floating point operations of a row without the head: what the matrix products take when every token goes through every layer, attention between all pairs.
    /// </summary>
    public static double OperationsPerRow(Network network)
    {
        var (vision, language) = (network.Vision!, network.Language!);
        double tower = Layer(vision.TokenCount, vision.HiddenSize, 2 * vision.IntermediateSize) * vision.LayerCount;
        double decoder = Layer(PromptLength, language.HiddenSize, 3 * language.IntermediateSize) * language.LayerCount;
        double embedding = 2.0 * vision.PatchCount * 3 * vision.PatchSize * vision.PatchSize * vision.HiddenSize;
        double projector = 2.0 * ImageTokens * language.HiddenSize * (vision.HiddenSize + language.HiddenSize);
        return tower + decoder + embedding + projector;

        // Four maps of attention and those of the MLP; scores and weighted values.
        static double Layer(double tokens, double width, double inner) => (2 * tokens * width * ((4 * width) + inner)) + (4 * tokens * tokens * width);
    }
}
