using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>What the figures cannot say by themselves.</summary>
internal static class RemarkSection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        (string Condition, string Site, string Remark)[] probes =
        [
            .. from pair in results.Conditions
               from probe in pair.Value.Probes
               from remark in probe.Remarks
               select (pair.Key, probe.Site, remark),
            .. results.Baselines.Pixels.Remarks.Select(remark => ("", "region's pixels", remark)),
            .. results.Baselines.OtherLabels is { } labels ? labels.Probe.Remarks.Select(remark => ("", "other labels", remark)) : [],
            .. from probe in results.Baselines.RandomModel?.Probes ?? []
               from remark in probe.Remarks
               select (RandomModelResult.Untrained, probe.Site, remark),
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
            yield return new TableBlock(
                "Probes that could not be trained as the others were",
                [new("condition", false), new("site", false), new("what is the matter", false)],
                [.. probes.Select(probe => new[] { probe.Condition, probe.Site, probe.Remark }.ToImmutableArray())]);
        }
    }
}
