using ProbePipeline.Models;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Analysis;

/// <summary>
/// Whether the answer depends on what is read at a place: it comes from the last prompt token, so nothing does that lies behind the vision layer
/// that feeds the projector, or on other tokens behind the decoder's last attention.
/// </summary>
internal static class PathToAnswer
{
    public static bool Includes(Network network, SiteCapture capture)
    {
        var (site, pooling) = capture;
        if (network.Language is null)
        {
            // There is no answer that a site could lie behind.
            return true;
        }

        if (site.Tower == Tower.Language)
        {
            var behindTheLastAttention = site.Kind == SiteKind.FinalNorm || site.Layer == network.Language.LayerCount - 1;
            return !behindTheLastAttention || pooling.ReadsText;
        }

        // A class token that is no image token itself has to be attended to once more.
        var more = pooling.ReadsClassToken && !network.KeepsClassTokens ? 1 : 0;
        return site.Kind switch
        {
            SiteKind.Embeddings => network.FeatureStates.Any(state => state >= more),
            SiteKind.FinalNorm or SiteKind.Pooled => false,
            _ => network.FeatureStates.Any(state => state >= site.Layer + 1 + more),
        };
    }
}
