using ProbePipeline.Models;

namespace ProbePipeline.Costs;

/// <summary>What a network multiplies, in counts alone.</summary>
internal sealed record NetworkShape
{
    /// <summary>The vision tower; null: none.</summary>
    public TowerShape? Vision { get; init; }

    /// <summary>Numbers of a patch before it is embedded: channels, frames and pixels.</summary>
    public int PatchNumbers { get; init; }

    /// <summary>Patches that become one image token.</summary>
    public int MergedPatches { get; init; } = 1;

    /// <summary>The decoder; null: none.</summary>
    public TowerShape? Language { get; init; }

    /// <summary>Words that the head chooses from.</summary>
    public int VocabularySize { get; init; }

    public static NetworkShape Of(Network network) => new()
    {
        Vision = network.Vision is { } vision ? TowerShape.Of(vision) : null,
        PatchNumbers = network.Vision is { } patches ? patches.ChannelCount * patches.FrameCount * patches.PatchSize * patches.PatchSize : 0,
        MergedPatches = network.MergedSide * network.MergedSide,
        Language = network.Language is { } language ? TowerShape.Of(language) : null,
        VocabularySize = network.Language?.VocabularySize ?? 0,
    };

    /// <summary>Weights of the maps: layers, the embeddings of patches and words, projector, head.</summary>
    public long Weights => (Vision is null ? 0 : (Vision.LayerCount * Vision.LayerWeights) + ((long)PatchNumbers * Vision.Width))
        + (Language is null ? 0 : (Language.LayerCount * Language.LayerWeights) + (2L * VocabularySize * Language.Width))
        + (long)(ProjectorOperations(1) / 2);

    /// <summary>Operations of making embeddings of patches.</summary>
    public double EmbeddingOperations(double patches) => 2.0 * patches * PatchNumbers * (Vision?.Width ?? 0);

    /// <summary>Operations of turning patches into image tokens by two maps, as LLaVA's projector does; others are of that size.</summary>
    public double ProjectorOperations(double imageTokens) =>
        Vision is null || Language is null ? 0 : 2.0 * imageTokens * Language.Width * (((double)MergedPatches * Vision.Width) + Language.Width);

    /// <summary>Operations of reading states as words.</summary>
    public double HeadOperations(double tokens) => 2.0 * tokens * (Language?.Width ?? 0) * VocabularySize;
}
