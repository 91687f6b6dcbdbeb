using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>What is read beside the classes, in tables.</summary>
internal static class TargetTables
{
    public static ImmutableArray<ResultTable> Of(ExperimentResults results) => [Numbers(results.NumericTargets), Sets(results.LabelSets), Labels(results.LabelSets)];

    private static ResultTable Numbers(ImmutableArray<NumericTargetResult> rows) => ResultTable.Of("numeric-targets", rows)
        .With("target", row => row.Target)
        .With("condition", row => row.Condition)
        .With("site", row => row.Site)
        .With("l2", row => row.L2)
        .With("validationR2", row => row.ValidationR2)
        .With("r2", row => row.R2)
        .With("low", row => row.Low)
        .With("high", row => row.High)
        .With("meanAbsoluteError", row => row.MeanAbsoluteError)
        .With("spearman", row => row.Spearman);

    private static ResultTable Sets(ImmutableArray<LabelSetResult> rows) => ResultTable.Of("label-sets", rows)
        .With("target", row => row.Target)
        .With("condition", row => row.Condition)
        .With("site", row => row.Site)
        .With("l2", row => row.L2)
        .With("macroF1", row => row.MacroF1)
        .With("low", row => row.Low)
        .With("high", row => row.High)
        .With("microF1", row => row.MicroF1)
        .With("exactMatch", row => row.ExactMatch)
        .With("majorityMacroF1", row => row.MajorityMacroF1)
        .With("leftOut", row => string.Join(' ', row.LeftOut));

    private static ResultTable Labels(ImmutableArray<LabelSetResult> sets)
    {
        (LabelSetResult Set, LabelResult Label)[] rows = [.. sets.SelectMany(set => set.Labels.Select(label => (set, label)))];
        return ResultTable.Of("labels", rows)
            .With("target", row => row.Set.Target)
            .With("condition", row => row.Set.Condition)
            .With("site", row => row.Set.Site)
            .With("label", row => row.Label.Label)
            .With("share", row => row.Label.Share)
            .With("f1", row => row.Label.F1)
            .With("balancedAccuracy", row => row.Label.BalancedAccuracy)
            .With("areaUnderRoc", row => row.Label.AreaUnderRoc);
    }
}
