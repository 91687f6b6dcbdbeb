using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Probes.Results;

namespace ProbePipeline;

/// <summary>What a run found, and where it is written down.</summary>
/// <param name="Results">Everything.</param>
/// <param name="ReportPath">The report's page.</param>
public sealed record ExperimentOutcome(ExperimentResults Results, string ReportPath)
{
    /// <summary>Rows that probes and answers are tested on.</summary>
    public int TestRows => Results.Split.Test.Rows;

    /// <summary>One in the number of classes.</summary>
    public string Chance => Share(Results.Baselines.Chance);

    /// <summary>A line a condition.</summary>
    public ImmutableArray<Headline> Headlines => [.. Results.Conditions.Select(condition => Headline.Of(condition.Key, condition.Value))];

    private static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A condition in one line.</summary>
    /// <param name="Condition">Its name.</param>
    /// <param name="Answers">Share of the model's right answers with its interval; empty where none were asked for.</param>
    /// <param name="BestProbe">Test accuracy, with its interval, of the probe that was best on validation rows.</param>
    /// <param name="Site">Where that probe reads.</param>
    public sealed record Headline(string Condition, string Answers, string BestProbe, string Site)
    {
        internal static Headline Of(string name, ConditionResults results)
        {
            var best = results.BestProbe;
            return new Headline(
                name,
                results.Answer is { } answer ? Interval(answer.TestAccuracy, answer.Low, answer.High) : "",
                best is null ? "" : Interval(best.TestAccuracy, best.Low, best.High),
                best?.Site ?? "");
        }

        private static string Interval(double value, double low, double high) => $"{Share(value)} ({Share(low)} to {Share(high)})";
    }
}
