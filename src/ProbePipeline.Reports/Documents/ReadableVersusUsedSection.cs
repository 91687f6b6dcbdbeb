using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>Row by row: what a probe reads against what the model answers.</summary>
internal static class ReadableVersusUsedSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        (string Condition, ReadableVersusUsed Table)[] found =
            [.. results.Conditions.Where(pair => pair.Value.ReadableVersusUsed is not null).Select(pair => (pair.Key, pair.Value.ReadableVersusUsed!))];
        if (found.Length == 0)
        {
            yield break;
        }

        yield return new Heading(2, "Readable versus used");
        yield return new Paragraph(
            "Each test row counts once: is the probe at the condition's best site right about it, and is the model's answer? Rows that only the probe has right hold a fact "
            + "that can be read and is not used; rows that only the answer has right hold one that the model uses in a form that this probe does not read. Kappa is the agreement "
            + "beyond what the two accuracies make likely (Cohen 1960): 1 is always, 0 is chance. Neither proves that the model uses what the probe reads.");
        yield return new TableBlock(
            "Test rows by probe and answer",
            [
                new("condition", false), new("probe at", false), new("both right", true), new("only probe", true), new("only answer", true), new("neither", true),
                new("kappa", true), new("interval", true),
            ],
            [
                .. found.Select(row => new[]
                {
                    row.Condition, row.Table.Site, Shown.Count(row.Table.BothRight), Shown.Count(row.Table.OnlyProbeRight), Shown.Count(row.Table.OnlyAnswerRight),
                    Shown.Count(row.Table.NeitherRight), Shown.Difference(row.Table.Kappa), Shown.DifferenceInterval(row.Table.Low, row.Table.High),
                }.ToImmutableArray()),
            ]);
        (string Condition, ReadableVersusUsedChange Change)[] changes = [.. found.Where(row => row.Table.Change is not null).Select(row => (row.Condition, row.Table.Change!))];
        if (changes.Length > 0)
        {
            yield return new TableBlock(
                $"What changes from {changes[0].Change.Against}: shares of test rows and kappa, with 95 % intervals of the paired differences",
                [new("condition", false), new("both right", true), new("only probe", true), new("only answer", true), new("neither", true), new("kappa", true)],
                [
                    .. changes.Select(row => new[]
                    {
                        row.Condition, Text(row.Change.BothRight), Text(row.Change.OnlyProbeRight), Text(row.Change.OnlyAnswerRight), Text(row.Change.NeitherRight), Text(row.Change.Kappa),
                    }.ToImmutableArray()),
                ]);
        }
    }

    private static string Text(MeasuredChange change) => $"{Shown.Difference(change.Difference)} ({Shown.DifferenceInterval(change.Low, change.High)})";
}
