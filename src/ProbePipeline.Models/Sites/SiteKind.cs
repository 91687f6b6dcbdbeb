namespace ProbePipeline.Models.Sites;

/// <summary>Where in a network a state is read. <c>D</c> is the tower's hidden size.</summary>
public enum SiteKind
{
    /// <summary>What enters the first layer: token and position embeddings, for CLIP after its first norm. Width D.</summary>
    Embeddings,

    /// <summary>The residual stream after a layer, never normed. Width D.</summary>
    ResidualPost,

    /// <summary>
    /// What a layer's self-attention reads: the normed residual stream before it. Its mean is what <see cref="Interventions.KeyMeans"/> are made of; since a probe
    /// hardly reads anything else there than in the residual stream, networks do not list it, and experiments do not capture it. Width D.
    /// </summary>
    AttentionIn,

    /// <summary>What a layer's self-attention gives, before it is added to the residual stream (and before Gemma 2's second norm). Width D.</summary>
    AttentionOut,

    /// <summary>What a layer's MLP gives, before it is added to the residual stream (and before Gemma 2's second norm). Width D.</summary>
    MlpOut,

    /// <summary>The embeddings that replace the image tokens, in reading order, row ends and separators included. Width: the decoder's.</summary>
    Projector,

    /// <summary>The last layer's residual stream after the tower's final norm. Width D.</summary>
    FinalNorm,

    /// <summary>
    /// The vision tower's own summary of a tile: CLIP's class token after the final norm, or what SigLIP's attention-pooling head gives.
    /// One vector a tile. Width D.
    /// </summary>
    Pooled,
}
