using ProbePipeline.Costs;

namespace ProbePipeline.Tests.Costs;

/// <summary>LLaVA-1.5-7B: CLIP ViT-L/14 at 336 pixels (577 tokens, of which 576 become image tokens) and Llama 7B.</summary>
internal static class Llava7B
{
    public const int TileTokens = 577;

    public const int ImageTokens = 576;

    public static NetworkShape Shape { get; } = new()
    {
        Vision = new TowerShape(24, 1024, 1024, 1024, 4096, 2),
        PatchNumbers = 3 * 14 * 14,
        Language = new TowerShape(32, 4096, 4096, 4096, 11008, 3),
        VocabularySize = 32064,
    };
}
