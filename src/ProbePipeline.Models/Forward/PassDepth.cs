using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>How far a forward has to go for what is asked of it.</summary>
/// <param name="VisionLayers">Layers of the vision tower to run; null: the tower is not needed.</param>
/// <param name="LanguageLayers">Layers of the decoder to run; null: the decoder is not needed.</param>
/// <param name="NeedsImageTokens">Whether pictures must become image tokens.</param>
internal sealed record PassDepth(int? VisionLayers, int? LanguageLayers, bool NeedsImageTokens)
{
    /// <exception cref="NetworkInputException">A site or layer is asked for that the network does not have.</exception>
    public static PassDepth Of(Network network, ForwardRequest request)
    {
        var sites = request.Captures.Select(capture => capture.Site).Distinct().ToArray();
        foreach (var site in sites)
        {
            RequireSite(network, site);
        }

        foreach (var (tower, layer) in request.Patterns)
        {
            RequireSite(network, Site.AttentionOut(tower, layer));
        }

        if (request.LogitsAt is not null && network.Decoder is null)
        {
            throw new NetworkInputException("logits were asked for, but the network has no language model");
        }

        foreach (var block in request.Blocks.Where(block => block.Tower == Tower.Vision ? network.VisionTower is null : network.Decoder is null))
        {
            throw new NetworkInputException($"[{block}]: the network has no such tower");
        }

        foreach (var block in request.Blocks.Where(block => block.Means is not null))
        {
            RequireMeans(network, block, block.Means!);
        }

        foreach (var edit in request.Edits)
        {
            RequireSite(network, edit.Site);
            RequireEditable(network, edit);
        }

        var language = Deepest(Tower.Language, network.Decoder?.Config.LayerCount);
        language = request.LogitsAt is null ? language : network.Decoder!.Config.LayerCount;
        var needsImageTokens = network.Projection is not null && (language is not null || sites.Contains(Site.Projector));
        var vision = Deepest(Tower.Vision, network.VisionTower?.Config.LayerCount);
        vision = needsImageTokens ? Math.Max(vision ?? 0, network.Projection!.FeatureStates.Max()) : vision;
        return new PassDepth(vision, language, needsImageTokens);

        int? Deepest(Tower tower, int? all) => sites.Where(site => site.Tower == tower && site.Kind != SiteKind.Projector)
            .Select(site => site.Kind switch
            {
                SiteKind.Embeddings => 0,
                SiteKind.FinalNorm or SiteKind.Pooled => all,
                _ => site.Layer + 1,
            })
            .Concat(request.Patterns.Where(pattern => pattern.Tower == tower).Select(pattern => (int?)pattern.Layer + 1))
            .Max();
    }

    private static void RequireSite(Network network, Site site)
    {
        if (!network.HasSite(site))
        {
            throw new NetworkInputException($"the site {site} does not exist in this network, whose sites are: {network.SiteSummary}");
        }
    }

    private static void RequireMeans(Network network, AttentionBlock block, KeyMeans means)
    {
        var (layers, width) = block.Tower == Tower.Vision
            ? (network.Vision!.LayerCount, network.Vision.HiddenSize)
            : (network.Language!.LayerCount, network.Language.HiddenSize);
        foreach (var layer in block.Layers.Resolve(layers).Where(layer => !means.Inputs.TryGetValue(layer, out var mean) || mean.Length != width))
        {
            throw new NetworkInputException(
                $"[{block}]: expected a mean attention input of {width} numbers for layer {layer}; "
                + $"found {(means.Inputs.TryGetValue(layer, out var mean) ? $"{mean.Length} numbers" : means.Inputs.IsEmpty ? $"{means}" : $"layers {string.Join(", ", means.Inputs.Keys)}")}");
        }
    }

    private static void RequireEditable(Network network, StateEdit edit)
    {
        if (edit.Site.Kind is SiteKind.AttentionIn or SiteKind.FinalNorm or SiteKind.Pooled)
        {
            var reason = edit.Site.Kind == SiteKind.AttentionIn ? $"{edit.Site} is read alone" : $"nothing behind {edit.Site} reads its states";
            throw new NetworkInputException($"{edit}: {reason}; expected embeddings, attn_out, mlp_out or resid_post of a tower, or the projector");
        }

        if (edit is StateErasure erasure && erasure.Edit.Width != network.WidthOf(edit.Site))
        {
            throw new NetworkInputException($"{edit}: expected an edit as wide as the site, {network.WidthOf(edit.Site)}; found {erasure.Edit.Width}");
        }

        if (edit is StatePatch && edit.Tokens.Names(TokenSet.Generated))
        {
            throw new NetworkInputException($"{edit}: expected prompt tokens; a generated token has no counterpart in another pass");
        }
    }
}
