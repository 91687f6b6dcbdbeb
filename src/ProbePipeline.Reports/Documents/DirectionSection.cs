using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>The directions that were written to files, and in how many of them the target lies.</summary>
internal static class DirectionSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (results.Directions.IsEmpty)
        {
            yield break;
        }

        yield return new Heading(2, "Directions of the target");
        yield return new TableBlock(
            "Iterative nullspace projection, and the file of each site's directions",
            [
                new("condition", false), new("site", false), new("first probe", true), new("second probe", true), new("directions taken", true), new("last probe", true),
                new("interval", true), new("file", false),
            ],
            [
                .. results.Directions.Select(found => new[]
                {
                    found.Condition, found.Site, Shown.Share(found.Nullspace[0].TestAccuracy), Shown.Share(found.Nullspace.ElementAtOrDefault(1)?.TestAccuracy),
                    Shown.Count(found.Nullspace[^1].Removed), Shown.Share(found.Nullspace[^1].TestAccuracy),
                    Shown.Interval(found.Nullspace[^1].Low, found.Nullspace[^1].High), found.File,
                }.ToImmutableArray()),
            ]);
        yield return new Paragraph(
            "A probe is trained, the directions that it reads are taken away, the next one is trained on what is left, until a probe is no better on validation rows than the most "
            + "frequent class or no more probes are allowed (Ravfogel et al. 2020, arXiv 2004.07667). A second probe far below the first means that the target lies in few directions; "
            + "one that is hardly worse means that it is written many times over. The files hold these directions, the class means, and what LEACE erases.");
        yield return new Folded("Nullspace projection step by step", new TableBlock(
            "Accuracy of every probe, with the number of directions that were gone before it was trained",
            [new("condition", false), new("site", false), new("directions gone", true), new("validation", true), new("test", true), new("interval", true)],
            [
                .. from found in results.Directions
                   from step in found.Nullspace
                   select new[]
                   {
                       found.Condition, found.Site, Shown.Count(step.Removed), Shown.Share(step.ValidationAccuracy), Shown.Share(step.TestAccuracy),
                       Shown.Interval(step.Low, step.High),
                   }.ToImmutableArray(),
            ]));
    }
}
