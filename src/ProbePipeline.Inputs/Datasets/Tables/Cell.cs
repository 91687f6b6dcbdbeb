using System.Globalization;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>Cells of tables as what they are to say.</summary>
internal static class Cell
{
    private const int LongestShown = 60;

    /// <summary>A single value as text; null where it is none, or nothing.</summary>
    public static string? Text(object? cell) => cell switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        true => "true",
        false => "false",
        _ => null,
    };

    /// <summary>What a cell says of a row: a single value, or a list of texts with bars between them; null where it is neither.</summary>
    public static string? Description(object? cell) => cell is object?[] { Length: > 0 } list && list.All(text => text is string) ? string.Join('|', list) : Text(cell);

    /// <summary>A number; null where it is none.</summary>
    public static double? Number(object? cell) => cell switch
    {
        long number => number,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    /// <summary>A list of numbers; null where it is none.</summary>
    public static double[]? Numbers(object? cell) =>
        cell is object?[] list && list.Select(Number).ToArray() is var numbers && numbers.All(number => number is not null) ? [.. numbers.OfType<double>()] : null;

    /// <summary>A cell for an error, cut where it is long.</summary>
    public static string Shown(object? cell)
    {
        var shown = cell switch
        {
            null => "nothing",
            string text => $"'{text}'",
            byte[] bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes"),
            object?[] list => $"[{string.Join(", ", list.Take(8).Select(Shown))}{(list.Length > 8 ? ", ..." : "")}]",
            Dictionary<string, object?> structure => $"{{ {string.Join(", ", structure.Keys)} }}",
            _ => Text(cell)!,
        };
        return shown.Length <= LongestShown ? shown : $"{shown[..LongestShown]}...";
    }
}
