using System.Collections.Immutable;
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
            yield return new TableBlock(
                "What the experiment takes of the dataset, class by class; rows that cannot be used are dropped after that",
                [new("class", false), new("in the dataset", true), new("not wanted or not known", true), new("region too small", true), new("not drawn", true), new("taken", true)],
                [.. results.Taken.Select(row => new[]
                {
                    row.Class.Length == 0 ? "(not said)" : row.Class, Shown.Count(row.Found), Shown.Count(row.OtherClass), Shown.Count(row.Small), Shown.Count(row.NotDrawn), Shown.Count(row.Taken),
                }.ToImmutableArray())]);
        }

        yield return new Heading(2, "Dropped rows");
        if (results.Dropped.IsEmpty)
        {
            yield return new Paragraph("None: every row was used.");
        }
        else
        {
            yield return new TableBlock(
                $"{Shown.Counted(results.Dropped.Length, "row was", "rows were")} not used",
                [new("row", false), new("reason", false)],
                [.. results.Dropped.Select(row => new[] { row.Id, row.Reason }.ToImmutableArray())]);
        }

        yield return new Heading(2, "Regions");
        yield return new Paragraph(
            $"An image token counts as covered from {Shown.Short(results.Regions.Threshold)} of its square on; "
            + $"a region has {Shown.Short(results.Regions.MeanTokens)} tokens on average. In {Shown.Counted(results.Regions.BestCoveredOnly, "row", "rows")} no token reached that, and the best-covered one was taken.");
    }
}
