using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>How much the figures depend on one split: folds and repeated splits.</summary>
internal static class ProtocolSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        (string Condition, ProbeResult Probe)[] probes = [.. results.ProbesAndPixels()];
        var folded = probes.Where(probe => !probe.Probe.Folds.IsEmpty).ToArray();
        var repeated = probes.Where(probe => probe.Probe.Repeats is not null).ToArray();
        if (folded.Length + repeated.Length == 0)
        {
            yield break;
        }

        yield return new Heading(2, "How much depends on the split");
        if (folded.Length > 0)
        {
            yield return new Paragraph(
                $"The pictures lie in {Shown.Count(results.Split.Folds)} folds, in which classes have about equal shares. Every row is predicted by the probe of the fold that leaves its picture out, "
                + "and accuracies are over all rows. How to read the folds: they show how far probes trained on other pictures lie apart; they share most of their training rows, so their spread is no standard error. "
                + "Intervals resample pictures and take the fits as given: they hold for these probes, not for the training of new ones.");
            yield return new Folded("Folds in numbers", TableBlock.Of("Every fold's probe: the penalty that its validation rows chose, and its test accuracy", folded)
                .Text("condition", row => row.Condition)
                .Text("site", row => row.Probe.Site)
                .Number("lowest fold", row => Shown.Share(row.Probe.Folds.Min(fold => fold.TestAccuracy)))
                .Number("highest fold", row => Shown.Share(row.Probe.Folds.Max(fold => fold.TestAccuracy)))
                .Text("penalties", row => string.Join(", ", row.Probe.Folds.Select(fold => Shown.Penalty(fold.L2))))
                .Text("test accuracies", row => string.Join(", ", row.Probe.Folds.Select(fold => Shown.Share(fold.TestAccuracy)))));
        }

        if (repeated.Length > 0)
        {
            yield return new Paragraph(
                $"The probes were trained anew on {Shown.Count(results.Split.Repeats)} random splits. How to read the table: where the standard deviation is as large as a difference between two rows, "
                + "another split could turn that difference round. All other figures of this report are of the first split.");
            yield return Repeats(
                "The best probe of every condition over all splits",
                results.Conditions.Where(pair => pair.Value.BestProbe?.Repeats is not null).Select(pair => (pair.Key, pair.Value.BestProbe!)));
            yield return new Folded("Repeated splits at every site", Repeats("Every probe over all splits", repeated));
        }
    }

    private static TableBlock Repeats(string caption, IEnumerable<(string Condition, ProbeResult Probe)> probes) =>
        TableBlock.Of(caption, probes.Select(row => (row.Condition, row.Probe, Repeats: row.Probe.Repeats!)))
            .Text("condition", row => row.Condition)
            .Text("site", row => row.Probe.Site)
            .Number("validation, mean", row => Shown.Share(row.Repeats.ValidationMean))
            .Number("standard deviation", row => Shown.Share(row.Repeats.ValidationDeviation))
            .Number("test, mean", row => Shown.Share(row.Repeats.TestMean))
            .Number("standard deviation", row => Shown.Share(row.Repeats.TestDeviation))
            .Number("test, first split", row => Shown.Share(row.Probe.TestAccuracy));
}
