using ProbePipeline.Models;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Options;

/// <summary>One site, or the sites of one kind in every layer, before the network's depth is known.</summary>
/// <param name="Kind">What is read.</param>
/// <param name="Tower">The tower.</param>
/// <param name="Layer">The layer, from 0; null: every layer, or the kind belongs to none.</param>
public sealed record SitePattern(SiteKind Kind, Tower Tower, int? Layer)
{
    /// <summary>Reads <c>vision.resid_post</c> (every layer), <c>vision.resid_post.3</c>, <c>projector</c>.</summary>
    /// <exception cref="FormatException">The text names no site; the message says what was found and what is allowed.</exception>
    public static SitePattern Parse(string text)
    {
        var (kind, tower, layer) = SiteText.ParsePattern(text);
        return new SitePattern(kind, tower, layer);
    }

    /// <summary>Whether a network has any such site.</summary>
    internal bool ExistsIn(Network network) => network.Sites.Any(Includes);

    /// <summary>Whether a site is the one that is meant, or one of them.</summary>
    internal bool Includes(Site site) => site.Kind == Kind && site.Tower == Tower && (Layer is null || site.Layer == Layer);

    /// <summary>The form used in files.</summary>
    public override string ToString() => SiteText.Write(Kind, Tower, Layer);

    internal static NetworkInputException Missing(IReadOnlyCollection<SitePattern> missing, Network network)
    {
        var sites = network.Sites.GroupBy(site => (site.Kind, site.Tower))
            .Select(kind => kind.Count() > 1 || SiteText.HasLayers(kind.Key.Kind) ? $"{kind.First()} to .{kind.Last().Layer}" : $"{kind.First()}");
        return new NetworkInputException(
            $"capture.sites names {string.Join(", ", missing)}, which this {network.ModelType} network does not have; it has {string.Join(", ", sites)}");
    }
}
