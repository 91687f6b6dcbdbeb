using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>What probes read in bits: usable information and online code length.</summary>
internal static class InformationSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        if (!ReportChart.Information.HasData(results))
        {
            yield break;
        }

        (string Condition, string Site, UsableInformation Information, CodeLength? Code)[] rows =
        [
            .. from row in results.ProbesByCondition()
               where row.Probe.Information is not null
               select (row.Condition, row.Probe.Site, row.Probe.Information!, row.Probe.CodeLength),
        ];
        var hasCode = rows.Any(row => row.Code is not null);
        yield return new Heading(2, "Information in bits");
        yield return new ChartBlock(
            ReportChart.Information,
            "Line chart of usable information by site and condition, in bits a row" + (hasCode ? "; beside it the compression of the labels by an online code." : ".") + " The table holds the numbers.",
            "Usable information (V-information, Xu et al. 2020, arXiv 2002.10689): the bits that a linear probe saves a test row against class frequencies. How to read it: unlike accuracy it counts how sure the probe is; "
            + "at the dotted line nothing about the label is left open, below 0 the probe is sure of wrong answers." + (hasCode ? $" {Code(results)}" : ""));
        yield return new Folded("Information in numbers", TableBlock.Of(hasCode ? "Usable information, and the online code of the training labels" : "Usable information", rows)
            .Text("condition", row => row.Condition)
            .Text("site", row => row.Site)
            .Number("label entropy", row => Shown.Share(row.Information.LabelEntropy))
            .Number("given the state", row => Shown.Share(row.Information.ConditionalEntropy))
            .Number("usable bits", row => Shown.Difference(row.Information.Bits))
            .Number("interval", row => Shown.DifferenceInterval(row.Information.Low, row.Information.High))
            .When(hasCode, table => table
                .Number("code, bits", row => Shown.Bits(row.Code?.Bits))
                .Number("uniform code", row => Shown.Bits(row.Code?.UniformBits))
                .Number("compression", row => Shown.Share(row.Code?.Compression))
                .Number("control: bits", row => Shown.Bits(row.Code?.ControlBits))
                .Number("compression", row => Shown.Share(row.Code?.ControlCompression))));
    }

    private static string Code(ExperimentResults results) =>
        "Compression (Voita and Titov 2020, arXiv 2003.12298): the labels of the training rows are told block by block by probes that have learned from the blocks before, and the uniform code's length is divided by that code's. "
        + "How to read it: the higher, the fewer pictures it takes to read the label; 1 is no gain"
        + (results.Probes().Any(probe => probe.CodeLength?.ControlBits is not null) ? "; dots are the control task's, which can only be learned by heart." : ".")
        + (results.Split.Folds > 1 ? " It is of the first fold's training rows." : "");
}
