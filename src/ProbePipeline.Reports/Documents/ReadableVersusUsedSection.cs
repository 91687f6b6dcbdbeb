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
        yield return TableBlock.Of("Test rows by probe and answer", found)
            .Text("condition", row => row.Condition)
            .Text("probe at", row => row.Table.Site)
            .Number("both right", row => Shown.Count(row.Table.BothRight))
            .Number("only probe", row => Shown.Count(row.Table.OnlyProbeRight))
            .Number("only answer", row => Shown.Count(row.Table.OnlyAnswerRight))
            .Number("neither", row => Shown.Count(row.Table.NeitherRight))
            .Number("kappa", row => Shown.Difference(row.Table.Kappa))
            .Number("interval", row => Shown.DifferenceInterval(row.Table.Low, row.Table.High));
        (string Condition, ReadableVersusUsedChange Change)[] changes = [.. found.Where(row => row.Table.Change is not null).Select(row => (row.Condition, row.Table.Change!))];
        if (changes.Length > 0)
        {
            yield return TableBlock.Of($"What changes from {changes[0].Change.Against}: shares of test rows and kappa, with 95 % intervals of the paired differences", changes)
                .Text("condition", row => row.Condition)
                .Number("both right", row => Text(row.Change.BothRight))
                .Number("only probe", row => Text(row.Change.OnlyProbeRight))
                .Number("only answer", row => Text(row.Change.OnlyAnswerRight))
                .Number("neither", row => Text(row.Change.NeitherRight))
                .Number("kappa", row => Text(row.Change.Kappa));
        }
    }

    private static string Text(MeasuredChange change) => $"{Shown.Difference(change.Difference)} ({Shown.DifferenceInterval(change.Low, change.High)})";
}
