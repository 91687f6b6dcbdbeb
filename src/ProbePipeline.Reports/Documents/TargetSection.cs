using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What is read beside the classes: numbers and sets of labels.</summary>
internal static class TargetSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (results.NumericTargets.IsEmpty && results.LabelSets.IsEmpty)
        {
            yield break;
        }

        yield return new Heading(2, "Other targets");
        if (!results.NumericTargets.IsEmpty)
        {
            yield return new Paragraph(
                "Numbers are read by ridge regression on the same splits. R² is the share of the test rows' variance that the predictions explain: 1 is all of it, "
                + "0 is no better than the rows' mean, below 0 is worse. Intervals are by bootstrap over pictures.");
            foreach (var target in results.NumericTargets.GroupBy(result => result.Target))
            {
                yield return BySite($"R² of {target.Key} on test rows", results, target.Select(result => (result.Condition, result.Site, result.R2, result.Low, result.High)));
            }
        }

        foreach (var target in results.LabelSets.GroupBy(result => result.Target))
        {
            var first = target.First();
            yield return new Paragraph(
                $"{target.Key}: a row has every label that some part of its picture has, and {Shown.Count(first.Labels.Length)} logistic regressions read them, one a label. Macro F1 is the mean of the "
                + "labels' F1, the harmonic mean of how many of the labels that are there are found and how many of those that are said are there; always saying what most rows have gives "
                + $"{Shown.Share(first.MajorityMacroF1)}."
                + (first.LeftOut.IsEmpty ? "" : $" Left out, since all or none of the training or test rows have them: {string.Join(", ", first.LeftOut)}."));
            yield return BySite($"Macro F1 of {target.Key} on test rows", results, target.Select(result => (result.Condition, result.Site, result.MacroF1, result.Low, result.High)));
        }
    }

    private static TableBlock BySite(string caption, ExperimentResults results, IEnumerable<(string Condition, string Site, double Value, double Low, double High)> figures)
    {
        var known = figures.ToDictionary(figure => (figure.Condition, figure.Site));
        string[] conditions = [.. results.Conditions.Keys.Where(name => known.Keys.Any(key => key.Condition == name))];
        return TableBlock.Of(caption, known.Keys.Select(key => key.Site).Distinct())
            .Text("site", site => site)
            .Each(conditions, (table, name) => table.Number(name, site => WithInterval(known[(name, site)])));

        static string WithInterval((string Condition, string Site, double Value, double Low, double High) figure) => $"{Shown.Signed(figure.Value)} ({Shown.Signed(figure.Low)} to {Shown.Signed(figure.High)})";
    }
}
