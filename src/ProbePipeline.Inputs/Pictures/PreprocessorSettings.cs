using System.Collections.Immutable;
using System.Text.Json;

namespace ProbePipeline.Inputs.Pictures;

/// <summary>The keys of a processor's file, in the spellings that releases of transformers have written. A missing key takes the class's default.</summary>
internal sealed class PreprocessorSettings(JsonElement settings, string file)
{
    /// <summary>The longest edge in pixels that a processor may ask for; published ones ask for up to 2304.</summary>
    public const int LongestEdge = 4096;

    /// <summary>The most pixels that a processor may ask for; published ones ask for up to 12 845 056.</summary>
    public const int MostPixels = LongestEdge * LongestEdge;

    private const int LongestShown = 200;

    /// <summary>The class name without what tells implementations and old names apart: Fast, Pil, FeatureExtractor.</summary>
    public string ProcessorClass()
    {
        var name = Text("image_processor_type") ?? Text("feature_extractor_type")
            ?? throw Unusable(
                "names no processor: neither image_processor_type nor feature_extractor_type is there",
                "Add the class that the model's authors use, such as \"CLIPImageProcessor\".");
        foreach (var suffix in (string[])["Fast", "Pil"])
        {
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        }

        return name.Replace("FeatureExtractor", "ImageProcessor", StringComparison.Ordinal);
    }

    public bool Flag(string key, bool missing) => Find(key) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Unexpected(key, other, "true or false"),
    };

    public int Count(string key, int missing, int most) => Find(key) is { } value ? Length(key, value, most) : missing;

    /// <summary>An edge length, {shortest_edge}, {height, width} or [height, width].</summary>
    public ResizeTarget Resize(string key, ResizeTarget missing) => Find(key) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.Number } edge => ResizeTarget.ShortestEdge(Length(key, edge)),
        { ValueKind: JsonValueKind.Object } named when IsSet(named, "shortest_edge") && !IsSet(named, "longest_edge") =>
            ResizeTarget.ShortestEdge(Length(key, named.GetProperty("shortest_edge"))),
        { } value => ResizeTarget.Exactly(Size(key, value, "a length, {shortest_edge}, {height, width} or [height, width]")),
    };

    /// <summary>The length of a square's edge, {height, width} or [height, width].</summary>
    public PictureSize Crop(string key, PictureSize missing) => Find(key) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.Number } edge => new PictureSize(Length(key, edge), Length(key, edge)),
        { } value => Size(key, value, "a length, {height, width} or [height, width]"),
    };

    /// <summary>{longest_edge} or {shortest_edge}.</summary>
    public int Edge(string key, string edge, int missing, int most = LongestEdge) => Find(key) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.Object } named when IsSet(named, edge) => Length(key, named.GetProperty(edge), most),
        { } other => throw Unexpected(key, other, $"{{{edge}}}"),
    };

    public ResamplingFilter Filter(ResamplingFilter missing)
    {
        if (Find("resample") is not { } value)
        {
            return missing;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && Enum.IsDefined((ResamplingFilter)number)
            ? (ResamplingFilter)number
            : throw Unexpected("resample", value, string.Join(", ", Enum.GetValues<ResamplingFilter>().Select(filter => $"{filter:D} ({filter})")));
    }

    public PixelNormalization Normalization(PixelNormalization missing)
    {
        var factor = Flag("do_rescale", true) ? Find("rescale_factor") is { } value ? Real("rescale_factor", value) : missing.Factor : 1;
        return Flag("do_normalize", true)
            ? new PixelNormalization(factor, Channels("image_mean", missing.Mean), Channels("image_std", missing.Deviation))
            : new PixelNormalization(factor, [0, 0, 0], [1, 1, 1]);
    }

    public ImmutableArray<PictureSize> Resolutions(string key, ImmutableArray<PictureSize> missing) => Find(key) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() > 0 =>
            [.. list.EnumerateArray().Select(size => Size(key, size, "a list of [height, width]"))],
        { } other => throw Unexpected(key, other, "a list of [height, width]"),
    };

    public PictureException Unusable(string found, string advice) => new($"{file} {found}. {advice}");

    private ImmutableArray<double> Channels(string key, ImmutableArray<double> missing) => Find(key) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 3 => [.. list.EnumerateArray().Select(value => Real(key, value))],
        { } other => throw Unexpected(key, other, "three numbers"),
    };

    private PictureSize Size(string key, JsonElement value, string expected) => value.ValueKind switch
    {
        JsonValueKind.Object when IsSet(value, "height") && IsSet(value, "width") =>
            new PictureSize(Length(key, value.GetProperty("height")), Length(key, value.GetProperty("width"))),
        JsonValueKind.Array when value.GetArrayLength() == 2 => new PictureSize(Length(key, value[0]), Length(key, value[1])),
        _ => throw Unexpected(key, value, expected),
    };

    private int Length(string key, JsonElement value, int most = LongestEdge) => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var length) && length > 0 && length <= most
        ? length
        : throw Unexpected(key, value, $"a positive whole number, {most} at most");

    private double Real(string key, JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Unexpected(key, value, "a number");

    private string? Text(string key) => Find(key) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } name => name.GetString(),
        { } other => throw Unexpected(key, other, "a name"),
    };

    private JsonElement? Find(string key) => settings.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static bool IsSet(JsonElement value, string key) => value.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null;

    private PictureException Unexpected(string key, JsonElement found, string expected) =>
        Unusable($"has {key}: {Shown(found.GetRawText())}", $"Expected {expected}.");

    private static string Shown(string text) => text.Length <= LongestShown ? text : $"{text[..LongestShown]}...";
}
