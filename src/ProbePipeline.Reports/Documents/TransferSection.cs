using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>Probes of one condition on the states of another.</summary>
internal static class TransferSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (!ReportChart.Transfer.HasData(results))
        {
            yield break;
        }

        var (cross, first) = (results.CrossCondition!, results.Conditions.GetAt(0).Key);
        yield return new Heading(2, "Transfer between conditions");
        yield return new Paragraph(
            "Two questions, two probes. A condition's own probe is trained on its states: it tells whether the target can be read there at all. "
            + $"The probe that was trained under {first} and reads the other condition's states tells whether the target is still written in the same code. "
            + "Where the own probe reads it and the other does not, the information is there in another form; where neither does, it is gone for a linear reader.");
        yield return new ChartBlock(
            ReportChart.Transfer,
            $"Lines by site, one a condition: the accuracy of {first}'s probe on the condition's states less that of the condition's own probe, and below it linear CKA. The tables hold the numbers.",
            $"Above: 0 means that {first}'s probe reads the condition's states as well as a probe of their own; the further below, the more the code has changed; above, "
            + $"{first}'s states teach more about the target than the condition's own. "
            + "Bands are 95 % intervals of the paired difference, by bootstrap over pictures."
            + (cross.Similarities.IsEmpty ? "" : $" Below: how alike the states of the same test rows are to those under {first}, 1 where they are the same but for rotation and size "
                + "(Kornblith et al. 2019, arXiv 1905.00414; biased form, which is too high where test rows are few against the width). CKA looks at all that the states hold, "
                + "not at the target: it can be high where the target is lost."));
        if (ReportChart.TransferMatrix.HasData(results))
        {
            yield return new ChartBlock(
                ReportChart.TransferMatrix,
                "Matrices of test accuracies at chosen sites: rows are the conditions that trained the probe, columns those whose states it reads. The table holds the numbers.",
                "The diagonal holds the conditions' own probes. A column tells who can read a condition's states, a row how far a probe's code reaches; "
                + "a matrix that is dark only on its diagonal shows as many codes as conditions.");
        }

        yield return new Folded("Transfers in numbers", TableBlock.Of("Test accuracy of probes on other conditions' states, and less the states' own probe", cross.Transfers)
            .Text("trained under", transfer => transfer.Trained)
            .Text("states of", transfer => transfer.Tested)
            .Text("site", transfer => transfer.Site)
            .Number("accuracy", transfer => Shown.Share(transfer.Accuracy))
            .Number("interval", transfer => Shown.Interval(transfer.Low, transfer.High))
            .Number("less own", transfer => Shown.Difference(transfer.Difference))
            .Number("interval of the difference", transfer => Shown.DifferenceInterval(transfer.DifferenceLow, transfer.DifferenceHigh)));
        if (!cross.Similarities.IsEmpty)
        {
            yield return new Folded("Similarities in numbers", TableBlock.Of(
                "How alike the states of the same test rows are: mean cosine of a row's two vectors, and linear CKA", cross.Similarities)
                .Text("condition", one => one.Condition)
                .Text("with", one => one.Against)
                .Text("site", one => one.Site)
                .Number("cosine", one => Shown.Signed(one.Cosine))
                .Number("CKA", one => Shown.Share(one.Cka)));
        }
    }
}
