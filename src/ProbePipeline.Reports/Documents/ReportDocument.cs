using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>The report, piece by piece in reading order: what can be read beside what is used comes first.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Blocks">Its pieces; sections without anything to say are left out.</param>
internal sealed record ReportDocument(string Title, ImmutableArray<Block> Blocks)
{
    public static ReportDocument Of(ExperimentResults results) => new(
        results.Name,
        [
            new Heading(1, results.Name),
            .. OpeningSection.Of(results),
            .. AccuracySection.Of(results),
            .. ReadableVersusUsedSection.Of(results),
            .. RemarkSection.Of(results),
            .. BaselineSection.Of(results),
            .. LensSection.Of(results),
            .. DifferenceSection.Of(results),
            .. SweepSection.Of(results),
            .. TransferSection.Of(results),
            .. ErasureSection.Of(results),
            .. DirectionSection.Of(results),
            .. SiteSection.Of(results),
            .. StepSection.Of(results),
            .. ProtocolSection.Of(results),
            .. LearningCurveSection.Of(results),
            .. InformationSection.Of(results),
            .. TargetSection.Of(results),
            .. SampleSection.Of(results),
            .. RowSection.Of(results),
            .. ConditionSection.Of(results),
            .. MethodSection.Of(results),
            .. ProvenanceSection.Of(results),
        ]);
}
