using System.Collections.Immutable;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Analysis;

/// <summary>What changes between conditions and from site to site, on the same test rows: of the answers, and of the probes.</summary>
/// <param name="Rows">The task.</param>
/// <param name="Differences">Intervals and tests over the test rows.</param>
/// <param name="Probes">The probes by condition, in the order of the sites.</param>
/// <param name="Answers">The answers by condition; none where the model was asked nothing.</param>
internal sealed record Comparisons(
    LabeledRows Rows, PairedDifferences Differences, IReadOnlyDictionary<string, ImmutableArray<ProbeOutcome>> Probes, IReadOnlyDictionary<string, AnswerAnalysis> Answers)
{
    /// <summary>Every condition against the first: of the answers, and of the probe at every site.</summary>
    public IEnumerable<Comparison> WithFirst(ImmutableArray<string> conditions)
    {
        var against = conditions[0];
        foreach (var condition in conditions.Skip(1))
        {
            if (Answers.ContainsKey(condition))
            {
                yield return OfAnswers(condition, against);
            }

            foreach (var comparison in OfSites(condition, against, Probes.GetValueOrDefault(against, [])))
            {
                yield return comparison;
            }
        }
    }

    /// <summary>The probe at every site under a condition against others at the same sites.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="against">What the others are called.</param>
    /// <param name="others">The other probes, in the order of the sites.</param>
    public ImmutableArray<Comparison> OfSites(string condition, string against, ImmutableArray<ProbeOutcome> others)
    {
        ImmutableArray<Comparison> sites =
            [.. Probes.GetValueOrDefault(condition, []).Zip(others, (one, other) => Compare(condition, against, one.Result.Site, TestHits(one), TestHits(other)))];
        return [.. sites.Zip(PairedDifferences.Adjusted([.. sites.Select(site => site.Tests!)]), (comparison, tests) => comparison with { Tests = tests })];
    }

    /// <summary>Answers of conditions that cut and change all that another but the first does, and more.</summary>
    public IEnumerable<Comparison> Additions(ImmutableArray<ConditionOptions> conditions) =>
        from condition in conditions.Skip(1)
        from less in conditions.Skip(1)
        where Answers.ContainsKey(condition.Name) && condition.GoesBeyond(less)
        select OfAnswers(condition.Name, less.Name);

    /// <summary>The probe at every site against the one before it.</summary>
    public ImmutableArray<SiteStep> Steps(string condition)
    {
        var outcomes = Probes.GetValueOrDefault(condition, []);
        ImmutableArray<SiteStep> steps =
        [
            .. outcomes.Skip(1).Zip(outcomes, (site, previous) =>
            {
                var (difference, low, high, tests) = Differences.Of(TestHits(site), TestHits(previous));
                return new SiteStep(site.Result.Site, previous.Result.Site, difference, low, high, tests);
            }),
        ];
        return [.. steps.Zip(PairedDifferences.Adjusted([.. steps.Select(step => step.Tests)]), (step, tests) => step with { Tests = tests })];
    }

    /// <summary>1 for every test row that a probe predicts rightly, 0 for the others.</summary>
    public double[] TestHits(ProbeOutcome outcome) => [.. Rows.Test.Zip(outcome.TestPredictions, (row, prediction) => Rows.Labels[row] == prediction ? 1.0 : 0)];

    private Comparison OfAnswers(string condition, string against) => Compare(condition, against, null, Answers[condition].TestHits(Rows), Answers[against].TestHits(Rows));

    private Comparison Compare(string condition, string against, string? site, double[] hits, double[] others)
    {
        var (difference, low, high, tests) = Differences.Of(hits, others);
        return new Comparison(condition, against, site, difference, low, high) { Tests = tests };
    }
}
