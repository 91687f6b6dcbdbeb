using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>
/// What the conditions change, made from differences and their intervals, and silent about those whose interval includes 0. It says what was measured: whether
/// a way round a cut remains is said beside it.
/// </summary>
internal static class Headline
{
    /// <summary>One sentence a condition that changes something.</summary>
    public static IEnumerable<string> Of(ExperimentResults results)
    {
        foreach (var (condition, found) in results.Conditions.Skip(1))
        {
            string[] changes = [.. Answer(results, condition), .. Probe(results, condition), .. Additions(results, condition)];
            if (changes.Length > 0)
            {
                yield return $"{condition} {string.Join("; it ", changes)}.";
            }
        }
    }

    private static IEnumerable<string> Answer(ExperimentResults results, string condition) =>
        from comparison in results.Comparisons
        where comparison.Condition == condition && comparison.Site is null && comparison.LeavesOutZero()
        select $"{Changes(comparison)} the accuracy of the model's answers from {Accuracy(results, comparison.Against)} to {Accuracy(results, condition)} ({Interval(comparison)})";

    // At the site that was best before the cut, so that it is the cut that changes, not the place.
    private static IEnumerable<string> Probe(ExperimentResults results, string condition) =>
        from comparison in results.Comparisons
        let before = results.Conditions[comparison.Against].BestProbe
        where before is not null && comparison.Condition == condition && comparison.Site == before.Site && comparison.LeavesOutZero()
        select $"{Changes(comparison)} what a probe reads at {before.Site}, the best site under {comparison.Against}, from {Shown.Share(before.TestAccuracy)} to "
            + $"{Shown.Share(before.TestAccuracy + comparison.Difference)} ({Interval(comparison)})";

    private static IEnumerable<string> Additions(ExperimentResults results, string condition) =>
        from comparison in results.Additions
        where comparison.Condition == condition && comparison.LeavesOutZero()
        select $"{Changes(comparison)} the answers' accuracy from the {Accuracy(results, comparison.Against)} under {comparison.Against}, which cuts less ({Interval(comparison)})";

    private static string Changes(Comparison comparison) => comparison.Difference < 0 ? "lowers" : "raises";

    private static string Accuracy(ExperimentResults results, string condition) => Shown.Share(results.Conditions[condition].Answer?.TestAccuracy);

    private static string Interval(Comparison comparison) =>
        $"difference {Shown.Difference(comparison.Difference)}, 95 % interval {Shown.DifferenceInterval(comparison.Low, comparison.High)}";
}
