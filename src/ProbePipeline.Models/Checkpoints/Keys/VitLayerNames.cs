namespace ProbePipeline.Models.Checkpoints.Keys;

/// <summary>What a layer of ViT and its descendants is called in a checkpoint.</summary>
/// <param name="AttentionNorm">The norm before attention.</param>
/// <param name="MlpNorm">The norm before the MLP.</param>
/// <param name="Up">The MLP's first map.</param>
/// <param name="Down">The MLP's last map.</param>
internal sealed record VitLayerNames(string AttentionNorm, string MlpNorm, string Up, string Down)
{
    /// <summary>ViT (transformers 5.23, modeling_vit.py).</summary>
    public static VitLayerNames Vit { get; } = new("layernorm_before", "layernorm_after", "intermediate.dense", "output.dense");

    /// <summary>DINOv2 (transformers 5.23, modeling_dinov2.py).</summary>
    public static VitLayerNames Dinov2 { get; } = new("norm1", "norm2", "mlp.fc1", "mlp.fc2");
}
