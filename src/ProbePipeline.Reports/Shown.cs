using System.Globalization;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports;

/// <summary>Numbers and sites as they stand in charts and tables: invariant, with as many digits as one reads.</summary>
internal static class Shown
{
    /// <summary>A share with two digits.</summary>
    public static string Short(double share) => share.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A share with three digits; a dash where there is none.</summary>
    public static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A number that may be below 0, with three digits; a dash where there is none.</summary>
    public static string Signed(double? number) => number?.ToString("0.000;−0.000;0.000", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A difference of shares with its sign; a dash where there is none.</summary>
    public static string Difference(double? difference) => difference?.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A tick of a scale of differences.</summary>
    public static string SignedHundredths(double difference) => difference.ToString("+0.0#;−0.0#;0", CultureInfo.InvariantCulture);

    /// <summary>The bounds of an interval; a dash where there is none.</summary>
    public static string Interval(double? low, double? high) => low is null || high is null ? "–" : $"{Share(low)} to {Share(high)}";

    /// <summary>The bounds of a difference's interval; a dash where there is none.</summary>
    public static string DifferenceInterval(double? low, double? high) => low is null || high is null ? "–" : $"{Difference(low)} to {Difference(high)}";

    /// <summary>A rank: whole, or half where the median falls between two.</summary>
    public static string Rank(double rank) => rank.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A weight penalty in its shortest form.</summary>
    public static string Penalty(double l2) => l2.ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>A tick of a scale whose range is not known beforehand.</summary>
    public static string Tick(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The length of a code; a dash where there is none.</summary>
    public static string Bits(double? bits) => bits?.ToString("0.0", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>A p-value; a dash where there is none.</summary>
    public static string Probability(double? p) => p switch
    {
        null => "–",
        < 0.0005 => "< 0.001",
        { } known => known.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>A file's size.</summary>
    public static string Megabytes(long bytes) => $"{(bytes / 1e6).ToString("0.0#", CultureInfo.InvariantCulture)} MB";

    /// <summary>A probe's site, and whether the answer does not depend on what is read there.</summary>
    public static string Site(ProbeResult probe) => probe.OnPath ? probe.Site : $"{probe.Site} (off path)";

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count with its noun.</summary>
    public static string Counted(int count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
