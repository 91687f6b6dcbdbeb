using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What the figures cannot say by themselves.</summary>
internal static class RemarkSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        (string Condition, string Site, string Remark)[] probes =
        [
            .. results.ProbesByCondition().SelectMany(row => row.Probe.Remarks.Select(remark => (row.Condition, row.Probe.Site, remark))),
            .. (results.Baselines.Pixels?.Remarks ?? []).Select(remark => ("", "region's pixels", remark)),
            .. results.Baselines.OtherLabels is { } labels ? labels.Probe.Remarks.Select(remark => ("", "other labels", remark)) : [],
            .. (results.Baselines.RandomModel?.Probes ?? []).SelectMany(probe => probe.Remarks.Select(remark => (RandomModelResult.Untrained, probe.Site, remark))),
        ];
        if (results.Remarks.IsEmpty && probes.Length == 0)
        {
            yield break;
        }

        yield return new Heading(2, "Before you rely on these figures");
        foreach (var remark in results.Remarks)
        {
            yield return new Paragraph(remark);
        }

        if (probes.Length > 0)
        {
            yield return TableBlock.Of("Probes that could not be trained as the others were", probes)
                .Text("condition", row => row.Condition)
                .Text("site", row => row.Site)
                .Text("what is the matter", row => row.Remark);
        }
    }
}
