using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>What is read beside the classes, in tables.</summary>
internal static class TargetTables
{
    public static ImmutableArray<ResultTable> Of(ExperimentResults results) => [Numbers(results.NumericTargets), Sets(results.LabelSets), Labels(results.LabelSets)];

    private static ResultTable Numbers(ImmutableArray<NumericTargetResult> rows) => new(
        "numeric-targets",
        ResultColumn.Of("target", rows.Select(row => row.Target)),
        ResultColumn.Of("condition", rows.Select(row => row.Condition)),
        ResultColumn.Of("site", rows.Select(row => row.Site)),
        ResultColumn.Of("l2", rows.Select(row => row.L2)),
        ResultColumn.Of("validationR2", rows.Select(row => row.ValidationR2)),
        ResultColumn.Of("r2", rows.Select(row => row.R2)),
        ResultColumn.Of("low", rows.Select(row => row.Low)),
        ResultColumn.Of("high", rows.Select(row => row.High)),
        ResultColumn.Of("meanAbsoluteError", rows.Select(row => row.MeanAbsoluteError)),
        ResultColumn.Of("spearman", rows.Select(row => row.Spearman)));

    private static ResultTable Sets(ImmutableArray<LabelSetResult> rows) => new(
        "label-sets",
        ResultColumn.Of("target", rows.Select(row => row.Target)),
        ResultColumn.Of("condition", rows.Select(row => row.Condition)),
        ResultColumn.Of("site", rows.Select(row => row.Site)),
        ResultColumn.Of("l2", rows.Select(row => row.L2)),
        ResultColumn.Of("macroF1", rows.Select(row => row.MacroF1)),
        ResultColumn.Of("low", rows.Select(row => row.Low)),
        ResultColumn.Of("high", rows.Select(row => row.High)),
        ResultColumn.Of("microF1", rows.Select(row => row.MicroF1)),
        ResultColumn.Of("exactMatch", rows.Select(row => row.ExactMatch)),
        ResultColumn.Of("majorityMacroF1", rows.Select(row => row.MajorityMacroF1)),
        ResultColumn.Of("leftOut", rows.Select(row => string.Join(' ', row.LeftOut))));

    private static ResultTable Labels(ImmutableArray<LabelSetResult> sets)
    {
        (LabelSetResult Set, LabelResult Label)[] rows = [.. sets.SelectMany(set => set.Labels.Select(label => (set, label)))];
        return new(
            "labels",
            ResultColumn.Of("target", rows.Select(row => row.Set.Target)),
            ResultColumn.Of("condition", rows.Select(row => row.Set.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Set.Site)),
            ResultColumn.Of("label", rows.Select(row => row.Label.Label)),
            ResultColumn.Of("share", rows.Select(row => row.Label.Share)),
            ResultColumn.Of("f1", rows.Select(row => row.Label.F1)),
            ResultColumn.Of("balancedAccuracy", rows.Select(row => row.Label.BalancedAccuracy)),
            ResultColumn.Of("areaUnderRoc", rows.Select(row => row.Label.AreaUnderRoc)));
    }
}
