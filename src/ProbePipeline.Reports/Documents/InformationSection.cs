using System.Collections.Immutable;
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

        var probes = results.Conditions.SelectMany(pair => pair.Value.Probes.Select(probe => (Condition: pair.Key, Probe: probe))).Where(row => row.Probe.Information is not null).ToArray();
        var hasCode = probes.Any(row => row.Probe.CodeLength is not null);
        yield return new Heading(2, "Information in bits");
        yield return new ChartBlock(
            ReportChart.Information,
            "Line chart of usable information by site and condition, in bits a row" + (hasCode ? "; beside it the compression of the labels by an online code." : ".") + " The table holds the numbers.",
            "Usable information (V-information, Xu et al. 2020, arXiv 2002.10689): the bits that a linear probe saves a test row against class frequencies. How to read it: unlike accuracy it counts how sure the probe is; "
            + "at the dotted line nothing about the label is left open, below 0 the probe is sure of wrong answers." + (hasCode ? $" {Code(results)}" : ""));
        yield return new Folded("Information in numbers", new TableBlock(
            hasCode ? "Usable information, and the online code of the training labels" : "Usable information",
            [
                new("condition", false), new("site", false), new("label entropy", true), new("given the state", true), new("usable bits", true), new("interval", true),
                .. hasCode ? (TableColumn[])[new("code, bits", true), new("uniform code", true), new("compression", true), new("control: bits", true), new("compression", true)] : [],
            ],
            [.. probes.Select(row => Row(row.Condition, row.Probe, hasCode).ToImmutableArray())]));
    }

    private static string Code(ExperimentResults results) =>
        "Compression (Voita and Titov 2020, arXiv 2003.12298): the labels of the training rows are told block by block by probes that have learned from the blocks before, and the uniform code's length is divided by that code's. "
        + "How to read it: the higher, the fewer pictures it takes to read the label; 1 is no gain"
        + (results.Probes().Any(probe => probe.CodeLength?.ControlBits is not null) ? "; dots are the control task's, which can only be learned by heart." : ".")
        + (results.Split.Folds > 1 ? " It is of the first fold's training rows." : "");

    private static string[] Row(string condition, ProbeResult probe, bool hasCode)
    {
        var information = probe.Information!;
        string[] cells =
        [
            condition, probe.Site, Shown.Share(information.LabelEntropy), Shown.Share(information.ConditionalEntropy), Shown.Difference(information.Bits),
            information is { Low: { } low, High: { } high } ? Shown.DifferenceInterval(low, high) : "–",
        ];
        return !hasCode ? cells
            : probe.CodeLength is not { } code ? [.. cells, "–", "–", "–", "–", "–"]
            : [.. cells, Shown.Bits(code.Bits), Shown.Bits(code.UniformBits), Shown.Share(code.Compression), code.ControlBits is { } bits ? Shown.Bits(bits) : "–", Shown.Share(code.ControlCompression)];
    }
}
