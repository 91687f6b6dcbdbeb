using System.Collections.Immutable;
using System.Globalization;

namespace ProbePipeline.Models.Sites;

/// <summary>The text form of sites in files: <c>vision.resid_post.3</c>, <c>projector</c>; without its layer, <c>vision.resid_post</c>, every layer's.</summary>
public static class SiteText
{
    private static readonly ImmutableDictionary<string, (SiteKind Kind, Tower Tower)> Kinds = new[] { Tower.Vision, Tower.Language }
        .SelectMany(tower => new[]
        {
            Site.Embeddings(tower), Site.AttentionOut(tower, 0), Site.MlpOut(tower, 0), Site.ResidualPost(tower, 0), Site.FinalNorm(tower),
        })
        .Append(Site.Pooled)
        .Append(Site.Projector)
        .ToImmutableDictionary(site => Write(site.Kind, site.Tower, layer: null), site => (site.Kind, site.Tower));

    /// <summary>The forms without a layer, in the order of the alphabet.</summary>
    public static ImmutableArray<string> Patterns { get; } = [.. Kinds.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What is allowed, in words.</summary>
    public static string Allowed { get; } = $"a site: {string.Join(", ", Patterns)}; one layer of it as in vision.resid_post.3";

    /// <summary>Reads the form of one site, which <see cref="Site.ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text names no site, or a kind that every layer has without saying which layer.</exception>
    public static Site Parse(string text)
    {
        var (kind, tower, layer) = ParsePattern(text);
        return (kind, layer) switch
        {
            (SiteKind.Projector, _) => Site.Projector,
            (SiteKind.Pooled, _) => Site.Pooled,
            (SiteKind.Embeddings, _) => Site.Embeddings(tower),
            (SiteKind.FinalNorm, _) => Site.FinalNorm(tower),
            (_, null) => throw new FormatException($"found \"{text}\", expected its layer too, as in {text}.0"),
            (SiteKind.AttentionOut, { } one) => Site.AttentionOut(tower, one),
            (SiteKind.MlpOut, { } one) => Site.MlpOut(tower, one),
            (_, { } one) => Site.ResidualPost(tower, one),
        };
    }

    /// <summary>Reads the form of one site or of the sites of every layer.</summary>
    /// <returns>The kind, its tower, and its layer; null where none is named.</returns>
    /// <exception cref="FormatException">The text names no site; the message says what was found and what is allowed.</exception>
    public static (SiteKind Kind, Tower Tower, int? Layer) ParsePattern(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Kinds.TryGetValue(text, out var whole))
        {
            return (whole.Kind, whole.Tower, null);
        }

        var dot = text.LastIndexOf('.');
        return dot > 0 && Kinds.TryGetValue(text[..dot], out var layered) && HasLayers(layered.Kind)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var layer)
                ? (layered.Kind, layered.Tower, layer)
                : throw new FormatException($"found \"{text}\", expected {Allowed}");
    }

    /// <summary>Writes a form that <see cref="ParsePattern"/> reads.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="tower">Its tower.</param>
    /// <param name="layer">Its layer; null: every layer's, or the kind has none.</param>
    public static string Write(SiteKind kind, Tower tower, int? layer)
    {
        var name = kind switch
        {
            SiteKind.Projector => Site.Projector.ToString(),
            SiteKind.Pooled => Site.Pooled.ToString(),
            SiteKind.Embeddings => Site.Embeddings(tower).ToString(),
            SiteKind.FinalNorm => Site.FinalNorm(tower).ToString(),
            SiteKind.AttentionIn => Site.AttentionIn(tower, 0).ToString()[..^2],
            SiteKind.AttentionOut => Site.AttentionOut(tower, 0).ToString()[..^2],
            SiteKind.MlpOut => Site.MlpOut(tower, 0).ToString()[..^2],
            _ => Site.ResidualPost(tower, 0).ToString()[..^2],
        };
        return layer is { } one ? string.Create(CultureInfo.InvariantCulture, $"{name}.{one}") : name;
    }

    /// <summary>Whether every layer has a site of this kind.</summary>
    public static bool HasLayers(SiteKind kind) => kind is SiteKind.AttentionOut or SiteKind.MlpOut or SiteKind.ResidualPost;
}
