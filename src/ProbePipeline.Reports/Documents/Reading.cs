using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>The first chart in two sentences, made from its numbers. They say what was measured; where a way round a cut remains, they say that too.</summary>
internal static class Reading
{
    private const int MostNamed = 6;

    public static string Of(ExperimentResults results) => $"{WhatCanBeRead(results)} {WhatIsUsed(results)}";

    /// <summary>Whether something is cut and a way is left all the same.</summary>
    public static bool IsCutWithAWayLeft(ConditionResults condition) =>
        !condition.Blocks.IsEmpty && condition.RemainingPaths.Any(path => !path.Through.StartsWith("none", StringComparison.Ordinal));

    private static string WhatCanBeRead(ExperimentResults results)
    {
        string[] found = [.. from pair in results.Conditions
                             let best = pair.Value.BestProbe
                             where best is not null
                             select $"{Shown.Share(best.TestAccuracy)} under {pair.Key}"];
        return found.Length == 0
            ? "No probe was trained."
            : $"A linear probe, at the site on the way to the answer that validation rows choose, finds the right one of {results.Classes.Length} classes "
                + $"for this share of the test rows: {Listed(found)}; chance gives {Shown.Share(results.Baselines.Chance)}{Pixels(results.Baselines)}.";
    }

    private static string Pixels(Baselines baselines) => baselines.Pixels is { } pixels ? $", the region's pixels alone {Shown.Share(pixels.TestAccuracy)}" : "";

    private static string WhatIsUsed(ExperimentResults results)
    {
        string[] found = [.. from pair in results.Conditions
                             let answer = pair.Value.Answer
                             where answer is not null
                             select $"{Shown.Share(answer.TestAccuracy)} under {pair.Key}{Undecided(results, pair.Key)}"];
        if (found.Length == 0)
        {
            return "The model's own answers were not asked for.";
        }

        string[] open = [.. results.Conditions.Where(pair => IsCutWithAWayLeft(pair.Value)).Select(pair => pair.Key)];
        var warning = open.Length == 0
            ? ""
            : $"; but {Listed(open)} {(open.Length == 1 ? "leaves" : "leave")} a way open from outside the region to it or to the answer (see Conditions)";
        return $"Asked about the same rows, the model itself is right for this share: {Listed(found)}{warning}.";
    }

    private static string Undecided(ExperimentResults results, string condition) =>
        results.Comparisons.FirstOrDefault(comparison => comparison.Condition == condition && comparison.Site is null) is { Low: <= 0, High: >= 0 } comparison
            ? $" (the interval of the difference from {comparison.Against} includes 0)"
            : "";

    private static string Listed(string[] items) => items.Length switch
    {
        1 => items[0],
        <= MostNamed => $"{string.Join(", ", items[..^1])} and {items[^1]}",
        _ => $"{string.Join(", ", items[..MostNamed])} and {items.Length - MostNamed} more conditions",
    };
}
