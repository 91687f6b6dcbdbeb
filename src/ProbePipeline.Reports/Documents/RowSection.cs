using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What became of the rows: which were dropped, and how regions came to lie on tokens.</summary>
internal static class RowSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (results.Taken.Any(row => row.Taken < row.Found))
        {
            yield return new Heading(2, "Rows taken");
            yield return TableBlock.Of("What the experiment takes of the dataset, class by class; rows that cannot be used are dropped after that", results.Taken)
                .Text("class", row => row.Class.Length == 0 ? "(not said)" : row.Class)
                .Number("in the dataset", row => Shown.Count(row.Found))
                .Number("not wanted or not known", row => Shown.Count(row.OtherClass))
                .Number("region too small", row => Shown.Count(row.Small))
                .Number("not drawn", row => Shown.Count(row.NotDrawn))
                .Number("taken", row => Shown.Count(row.Taken));
        }

        yield return new Heading(2, "Dropped rows");
        if (results.Dropped.IsEmpty)
        {
            yield return new Paragraph("None: every row was used.");
        }
        else
        {
            yield return TableBlock.Of($"{Shown.Counted(results.Dropped.Length, "row was", "rows were")} not used", results.Dropped)
                .Text("row", row => row.Id)
                .Text("reason", row => row.Reason);
        }

        yield return new Heading(2, "Regions");
        yield return new Paragraph(
            $"An image token counts as covered from {Shown.Short(results.Regions.Threshold)} of its square on; "
            + $"a region has {Shown.Short(results.Regions.MeanTokens)} tokens on average. In {Shown.Counted(results.Regions.BestCoveredOnly, "row", "rows")} no token reached that, and the best-covered one was taken.");
    }
}
