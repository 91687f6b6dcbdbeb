using System.Collections.Immutable;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Models.Sites;

/// <summary>Which tokens of a row are read at a site and what becomes of them. Pooling runs on the device, right after the layer.</summary>
/// <param name="Name">The form used in files and reports.</param>
/// <param name="Vision">The tokens read in the vision tower (over all tiles of the row's pictures).</param>
/// <param name="Language">The tokens read in the language model and at the projector.</param>
/// <param name="Reduction">What becomes of them.</param>
public sealed record Pooling(string Name, TokenSet Vision, TokenSet Language, Reduction Reduction)
{
    /// <summary>Mean over the tokens of the row's region.</summary>
    public static Pooling RegionMean { get; } = new("region-mean", TokenSet.Region, TokenSet.Region, Reduction.Mean);

    /// <summary>Elementwise maximum over the tokens of the row's region.</summary>
    public static Pooling RegionMax { get; } = new("region-max", TokenSet.Region, TokenSet.Region, Reduction.Max);

    /// <summary>Every token of the row's region by itself.</summary>
    public static Pooling RegionTokens { get; } = new("region-tokens", TokenSet.Region, TokenSet.Region, Reduction.None);

    /// <summary>The vision tower's class token (mean over the tiles where there are several).</summary>
    public static Pooling ClassToken { get; } = new("cls", TokenSet.ClassTokens, TokenSet.ClassTokens, Reduction.Mean);

    /// <summary>Mean over all patches of the picture; in the language model over all tokens that stand for it.</summary>
    public static Pooling ImageMean { get; } = new("image-mean", TokenSet.Patches, TokenSet.Image, Reduction.Mean);

    /// <summary>Mean over the prompt's tokens after the last image token.</summary>
    public static Pooling QuestionMean { get; } = new("question-mean", TokenSet.Question, TokenSet.Question, Reduction.Mean);

    /// <summary>The last prompt token, from which the answer is read.</summary>
    public static Pooling Last { get; } = new("last", TokenSet.Last, TokenSet.Last, Reduction.Mean);

    /// <summary>Every token by itself (padding left out).</summary>
    public static Pooling Tokens { get; } = new("tokens", TokenSet.All, TokenSet.All, Reduction.None);

    /// <summary>Every pooling that has a name.</summary>
    public static ImmutableArray<Pooling> Known { get; } = [RegionMean, RegionMax, RegionTokens, ClassToken, ImageMean, QuestionMean, Last, Tokens];

    /// <summary>The pooling of a name.</summary>
    /// <exception cref="FormatException">There is none; the message names those that there are.</exception>
    public static Pooling Named(string name) => Known.FirstOrDefault(pooling => pooling.Name == name)
        ?? throw new FormatException($"found \"{name}\", expected one of {string.Join(", ", Known)}");

    /// <summary>Whether it names tokens of the row's region, so that the row needs one.</summary>
    public bool ReadsRegion => Vision.Names(TokenSet.Region);

    /// <summary>Whether it names the class token, which the language model does not have.</summary>
    public bool ReadsClassToken => Vision.Names(TokenSet.ClassTokens);

    /// <summary>Whether it names tokens of the prompt's text, which the language model alone has; its last token is among them.</summary>
    public bool ReadsText => Language.Names(TokenSet.Text) || Language.Names(TokenSet.Question) || Language.Names(TokenSet.Last);

    /// <summary>Whether it needs neither: patches, and the image tokens made of them, are in both towers and at the projector.</summary>
    public bool ReadsPatches => !ReadsClassToken && !ReadsText;

    /// <summary>The tokens that are read in a tower.</summary>
    public TokenSet For(Tower tower) => tower == Tower.Vision ? Vision : Language;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
