using System.Globalization;

namespace ProbePipeline.Models.Masks;

/// <summary>The text form of layer selections in files: <c>all</c>, <c>early half</c>, <c>late half</c>, <c>3</c>, <c>0-5</c> or <c>1, 4</c>.</summary>
public static class LayerSelectionText
{
    /// <summary>What is allowed, in words.</summary>
    public const string Allowed = "all, early half, late half, a layer such as 3, a range such as 0-5 or a list such as [1, 4]";

    /// <summary>Reads a selection; <see cref="LayerSelection.ToString"/> writes it.</summary>
    /// <exception cref="FormatException">The text is none of these forms; the message says what was found and what is allowed.</exception>
    public static LayerSelection Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "all" => LayerSelection.All,
            "early half" => LayerSelection.EarlyHalf,
            "late half" => LayerSelection.LateHalf,
            _ when text.Split('-') is [var first, var last] && Layer(first) is { } from && Layer(last) is { } to && from <= to => LayerSelection.Range(from, to),
            _ when text.Split(',', StringSplitOptions.TrimEntries) is var parts && parts.All(part => Layer(part) is not null) =>
                LayerSelection.Of(parts.Select(part => Layer(part)!.Value)),
            _ => throw new FormatException($"found \"{text}\", expected {Allowed}"),
        };
    }

    private static int? Layer(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : null;
}
