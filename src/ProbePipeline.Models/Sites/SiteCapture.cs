namespace ProbePipeline.Models.Sites;

/// <summary>States to keep: where they are read and how a row's tokens are pooled.</summary>
public sealed record SiteCapture(Site Site, Pooling Pooling)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Site} ({Pooling})";
}
