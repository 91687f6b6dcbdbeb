using ProbePipeline.Inputs;

namespace ProbePipeline.Models.Layers;

/// <summary>The shape of a vision encoder that cuts a picture into patches.</summary>
public sealed record VisionTowerConfig : IEncoderShape
{
    /// <summary>Width of the residual stream, D.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width between the two maps of an MLP.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of layers.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Attention heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Height and width of a tile in pixels; 0: the tower takes tiles of any size (<see cref="HasFixedGrid"/>).</summary>
    public required int ImageSize { get; init; }

    /// <summary>Patches along an edge of the square that becomes one image token, in towers without a fixed grid: a grid is so many times an image's layout.</summary>
    public int MergedSide { get; init; } = 1;

    /// <summary>Frames that a patch spans: a picture is shown so many times (Qwen2-VL).</summary>
    public int FrameCount { get; init; } = 1;

    /// <summary>Height and width of a patch in pixels.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Colour channels of a picture.</summary>
    public int ChannelCount { get; init; } = 3;

    /// <summary>What the norms add to the variance.</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>The MLP's activation.</summary>
    public required Activation Activation { get; init; }

    /// <summary>Class tokens before the patches.</summary>
    public int ClassTokenCount { get; init; }

    /// <summary>Register tokens between class token and patches: they show no part of the picture (DINOv2 with registers).</summary>
    public int RegisterCount { get; init; }

    /// <summary>Whether the embeddings are normed before the first layer (CLIP).</summary>
    internal bool HasEmbeddingNorm { get; init; }

    /// <summary>Whether the patch embedding has a bias (SigLIP).</summary>
    internal bool HasPatchBias { get; init; }

    /// <summary>Whether a learned query pools the patches (SigLIP with its head).</summary>
    internal bool HasAttentionPooling { get; init; }

    /// <summary>Whether a map of the class token makes the pooled output (ViT with its pooler).</summary>
    internal bool HasClassTokenPooling { get; init; }

    /// <summary>Whether what attention and MLP add is scaled by learned factors (DINOv2).</summary>
    internal bool HasLayerScale { get; init; }

    /// <summary>Whether the MLP is gated (the largest DINOv2).</summary>
    public bool HasGatedMlp { get; init; }

    /// <summary>Whether every tile has the same grid of patches. Where not, all pictures of a forward have one (Qwen2-VL).</summary>
    public bool HasFixedGrid => ImageSize > 0;

    /// <summary>Rows, and columns, of patches in a tile; 0 where the grid is not fixed.</summary>
    public int GridSize => ImageSize / PatchSize;

    /// <summary>Patches in a tile.</summary>
    public int PatchCount => GridSize * GridSize;

    /// <summary>Tokens before the patches: class tokens and registers.</summary>
    public int LeadingTokenCount => ClassTokenCount + RegisterCount;

    /// <summary>Tokens of a tile: class tokens, registers, then patches row by row.</summary>
    public int TokenCount => LeadingTokenCount + PatchCount;

    /// <summary>Rows and columns of patches in a tile of a picture.</summary>
    /// <param name="layout">The picture's image tokens.</param>
    internal (int Rows, int Columns) GridOf(ImageTokenLayout layout) =>
        HasFixedGrid ? (GridSize, GridSize) : (layout.GridRows * MergedSide, layout.GridColumns * MergedSide);
}
