using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>What can be read beside what is used: the chart and its reading.</summary>
internal static class OpeningSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (ReportChart.Decodability.HasData(results))
        {
            yield return new ChartBlock(ReportChart.Decodability, Alternative(results), string.Join(' ', Caption(results)));
        }

        foreach (var change in Headline.Of(results))
        {
            yield return new Lead(change);
        }

        yield return new Lead(Reading.Of(results));
        if (results.Note is { } note)
        {
            yield return new Paragraph($"Note: {note}");
        }
    }

    private static string Alternative(ExperimentResults results)
    {
        var sites = results.Probes().DistinctBy(probe => probe.Site).Count();
        var answers = string.Join(", ", results.Conditions.Where(pair => pair.Value.Answer is not null)
            .Select(pair => $"{pair.Key} {Shown.Share(pair.Value.Answer!.TestAccuracy)}"));
        return $"Line chart of the probes' test accuracy at {sites} sites under {results.Conditions.Count} conditions"
            + (answers.Length > 0 ? $"; beside it on the same scale the accuracy of the model's answers: {answers}." : ".")
            + " The tables below hold every number.";
    }

    private static IEnumerable<string> Caption(ExperimentResults results)
    {
        yield return "Test accuracy of linear probes site by site, beside the accuracy of the model's own answers about the same test rows.";
        if (results.Probes().Any(probe => !probe.OnPath))
        {
            yield return "Hollow markers: the answer does not depend on what is read there.";
        }

        if (results.Baselines.RandomModel is { } random)
        {
            yield return $"The grey line, untrained: the same probes on the states of a network of the same architecture with random weights, under {random.Condition}.";
        }

        if (EqualConditions(results).ToArray() is { Length: > 0 } equal)
        {
            yield return $"Equal values are drawn side by side: {string.Join(", ", equal)}.";
        }
    }

    // Each condition beside the earlier one with which it shares most sites: what a cut does not touch stays equal to the last digit.
    private static IEnumerable<string> EqualConditions(ExperimentResults results)
    {
        for (var index = 1; index < results.Conditions.Count; index++)
        {
            var (name, condition) = results.Conditions.GetAt(index);
            var (twin, shared) = results.Conditions.Take(index).Select(earlier => (earlier.Key, Shared(condition, earlier.Value))).MaxBy(pair => pair.Item2);
            if (shared > 0)
            {
                yield return $"{name} equals {twin} at {Shown.Counted(shared, "site", "sites")}";
            }
        }
    }

    private static int Shared(ConditionResults one, ConditionResults other) => one.Probes.Count(probe => other.Probes.Any(twin =>
        twin.Site == probe.Site && twin.TestAccuracy == probe.TestAccuracy && twin.Low == probe.Low && twin.High == probe.High));
}
