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
        yield return TableBlock.Of("Iterative nullspace projection, and the file of each site's directions", results.Directions)
            .Text("condition", found => found.Condition)
            .Text("site", found => found.Site)
            .Number("first probe", found => Shown.Share(found.Nullspace[0].TestAccuracy))
            .Number("second probe", found => Shown.Share(found.Nullspace.ElementAtOrDefault(1)?.TestAccuracy))
            .Number("directions taken", found => Shown.Count(found.Nullspace[^1].Removed))
            .Number("last probe", found => Shown.Share(found.Nullspace[^1].TestAccuracy))
            .Number("interval", found => Shown.Interval(found.Nullspace[^1].Low, found.Nullspace[^1].High))
            .Text("file", found => found.File);
        yield return new Paragraph(
            "A probe is trained, the directions that it reads are taken away, the next one is trained on what is left, until a probe is no better on validation rows than the most "
            + "frequent class or no more probes are allowed (Ravfogel et al. 2020, arXiv 2004.07667). A second probe far below the first means that the target lies in few directions; "
            + "one that is hardly worse means that it is written many times over. The files hold these directions, the class means, and what LEACE erases.");
        yield return new Folded("Nullspace projection step by step", TableBlock.Of(
            "Accuracy of every probe, with the number of directions that were gone before it was trained", results.Directions.SelectMany(found => found.Nullspace.Select(step => (Found: found, Step: step))))
            .Text("condition", row => row.Found.Condition)
            .Text("site", row => row.Found.Site)
            .Number("directions gone", row => Shown.Count(row.Step.Removed))
            .Number("validation", row => Shown.Share(row.Step.ValidationAccuracy))
            .Number("test", row => Shown.Share(row.Step.TestAccuracy))
            .Number("interval", row => Shown.Interval(row.Step.Low, row.Step.High)));
    }
}
