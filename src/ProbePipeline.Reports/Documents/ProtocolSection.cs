using System.Collections.Immutable;
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
            yield return new Folded("Folds in numbers", new TableBlock(
                "Every fold's probe: the penalty that its validation rows chose, and its test accuracy",
                [new("condition", false), new("site", false), new("lowest fold", true), new("highest fold", true), new("penalties", false), new("test accuracies", false)],
                [
                    .. folded.Select(row => new[]
                    {
                        row.Condition, row.Probe.Site, Shown.Share(row.Probe.Folds.Min(fold => fold.TestAccuracy)), Shown.Share(row.Probe.Folds.Max(fold => fold.TestAccuracy)),
                        string.Join(", ", row.Probe.Folds.Select(fold => Shown.Penalty(fold.L2))), string.Join(", ", row.Probe.Folds.Select(fold => Shown.Share(fold.TestAccuracy))),
                    }.ToImmutableArray()),
                ]));
        }

        if (repeated.Length > 0)
        {
            yield return new Paragraph(
                $"The probes were trained anew on {Shown.Count(results.Split.Repeats)} random splits. How to read the table: where the standard deviation is as large as a difference between two rows, "
                + "another split could turn that difference round. All other figures of this report are of the first split.");
            var best = results.Conditions.Where(pair => pair.Value.BestProbe?.Repeats is not null).Select(pair => (pair.Key, pair.Value.BestProbe!)).ToArray();
            yield return Repeats("The best probe of every condition over all splits", [.. best.Select(row => (row.Key, row.Item2))]);
            yield return new Folded("Repeated splits at every site", Repeats("Every probe over all splits", repeated));
        }
    }

    private static TableBlock Repeats(string caption, (string Condition, ProbeResult Probe)[] rows) => new(
        caption,
        [
            new("condition", false), new("site", false), new("validation, mean", true), new("standard deviation", true), new("test, mean", true), new("standard deviation", true),
            new("test, first split", true),
        ],
        [
            .. rows.Select(row => new[]
            {
                row.Condition, row.Probe.Site, Shown.Share(row.Probe.Repeats!.ValidationMean), Shown.Share(row.Probe.Repeats.ValidationDeviation),
                Shown.Share(row.Probe.Repeats.TestMean), Shown.Share(row.Probe.Repeats.TestDeviation), Shown.Share(row.Probe.TestAccuracy),
            }.ToImmutableArray()),
        ]);
}
