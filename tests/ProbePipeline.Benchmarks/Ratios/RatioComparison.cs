using System.Collections.Immutable;
using System.Globalization;

namespace ProbePipeline.Benchmarks.Ratios;

/// <summary>A ratio as it was committed and as it is now.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Committed">As committed; null: it is new.</param>
/// <param name="Measured">As it is now; null: nothing measures it any more.</param>
internal sealed record RatioComparison(string Name, double? Committed, double? Measured)
{
    /// <summary>The share of a ratio that it may fall by: medians of interleaved rounds differ by less from run to run.</summary>
    public const double Tolerance = 0.15;

    /// <summary>Whether the ratio is as good as it was: there, and not fallen by more than <see cref="Tolerance"/>.</summary>
    // What is no number is not as good either.
    public bool Holds => Measured >= (1 - Tolerance) * Committed;

    private string Verdict => (Committed, Measured) switch
    {
        (null, _) => "not committed yet",
        (_, null) => "not measured any more",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(Measured / Committed) - 1:+0 %;-0 %;0 %}{(Holds ? "" : $" FELL by more than {Tolerance:0 %}")}"),
    };

    /// <summary>All that are committed or measured, in the order of measuring.</summary>
    public static ImmutableArray<RatioComparison> Of(IReadOnlyDictionary<string, double> committed, IReadOnlyDictionary<string, double> measured) =>
        [.. measured.Keys.Concat(committed.Keys).Distinct(StringComparer.Ordinal).Select(name => new RatioComparison(name, Find(committed, name), Find(measured, name)))];

    /// <summary>A line of names and numbers for each, with a head.</summary>
    public static IEnumerable<string> Table(ImmutableArray<RatioComparison> comparisons)
    {
        (string Name, string Committed, string Measured, string Verdict)[] lines =
        [
            ("higher is better", "committed", "measured", "change"),
            .. comparisons.Select(comparison => (comparison.Name, Shown(comparison.Committed), Shown(comparison.Measured), comparison.Verdict)),
        ];
        var width = lines.Max(line => line.Name.Length);
        return lines.Select(line => $"{line.Name.PadRight(width)}  {line.Committed,9}  {line.Measured,9}  {line.Verdict}");
    }

    /// <summary>The last line: which ratios do not hold.</summary>
    public static string Summary(ImmutableArray<RatioComparison> comparisons) => comparisons.Where(comparison => !comparison.Holds).Select(comparison => comparison.Name).ToArray() is { Length: > 0 } failed
        ? $"verify-speed: failed: {string.Join("; ", failed)}"
        : "verify-speed: all ratios hold";

    private static double? Find(IReadOnlyDictionary<string, double> ratios, string name) => ratios.TryGetValue(name, out var ratio) ? ratio : null;

    private static string Shown(double? ratio) => ratio?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
