using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>The numbers of folds, repeated splits, training sizes, information and code lengths. Probes on pixels stand under no condition.</summary>
internal static class ProtocolTables
{
    public static IEnumerable<ResultTable> Of(ExperimentResults results)
    {
        ImmutableArray<(string Condition, ProbeResult Probe)> probes =
            [.. results.Conditions.SelectMany(pair => pair.Value.Probes.Select(probe => (pair.Key, probe))), ("", results.Baselines.Pixels)];
        yield return Folds(probes);
        yield return Repeats(probes);
        yield return LearningCurve(probes);
        yield return Information(probes);
        yield return CodeLength(probes);
        yield return Remarks(results, probes);
    }

    private static ResultTable Folds(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, int Fold, FoldResult Result)[] rows =
            [.. probes.SelectMany(row => row.Probe.Folds.Select((fold, place) => (row.Condition, row.Probe.Site, place, fold)))];
        return new(
            "folds",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Site)),
            ResultColumn.Of("fold", rows.Select(row => row.Fold)),
            ResultColumn.Of("l2", rows.Select(row => row.Result.L2)),
            ResultColumn.Of("validationAccuracy", rows.Select(row => row.Result.ValidationAccuracy)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Result.TestAccuracy)));
    }

    private static ResultTable Repeats(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, RepeatedSplits Repeats)[] rows =
            [.. probes.Where(row => row.Probe.Repeats is not null).Select(row => (row.Condition, row.Probe.Site, row.Probe.Repeats!))];
        return new(
            "repeats",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Site)),
            ResultColumn.Of("splits", rows.Select(row => row.Repeats.TestAccuracies.Length)),
            ResultColumn.Of("validationMean", rows.Select(row => row.Repeats.ValidationMean)),
            ResultColumn.Of("validationDeviation", rows.Select(row => row.Repeats.ValidationDeviation)),
            ResultColumn.Of("testMean", rows.Select(row => row.Repeats.TestMean)),
            ResultColumn.Of("testDeviation", rows.Select(row => row.Repeats.TestDeviation)));
    }

    private static ResultTable LearningCurve(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, LearningCurvePoint Point)[] rows =
            [.. probes.SelectMany(row => row.Probe.LearningCurve.Select(point => (row.Condition, row.Probe.Site, point)))];
        return new(
            "learning-curve",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Site)),
            ResultColumn.Of("share", rows.Select(row => row.Point.Share)),
            ResultColumn.Of("images", rows.Select(row => row.Point.Images)),
            ResultColumn.Of("l2", rows.Select(row => row.Point.L2)),
            ResultColumn.Of("validationAccuracy", rows.Select(row => row.Point.ValidationAccuracy)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Point.TestAccuracy)),
            ResultColumn.Of("low", rows.Select(row => row.Point.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Point.High)));
    }

    private static ResultTable Information(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, UsableInformation Information)[] rows =
            [.. probes.Where(row => row.Probe.Information is not null).Select(row => (row.Condition, row.Probe.Site, row.Probe.Information!))];
        return new(
            "information",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Site)),
            ResultColumn.Of("labelEntropy", rows.Select(row => row.Information.LabelEntropy)),
            ResultColumn.Of("conditionalEntropy", rows.Select(row => row.Information.ConditionalEntropy)),
            ResultColumn.Of("bits", rows.Select(row => row.Information.Bits)),
            ResultColumn.Of("low", rows.Select(row => row.Information.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Information.High)));
    }

    private static ResultTable CodeLength(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, CodeLength Code, int Block)[] rows =
        [
            .. from row in probes
               where row.Probe.CodeLength is not null
               let code = row.Probe.CodeLength!
               from block in Enumerable.Range(0, code.Cuts.Length)
               select (row.Condition, row.Probe.Site, code, block),
        ];
        return new(
            "code-length",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Site)),
            ResultColumn.Of("rows", rows.Select(row => row.Code.Cuts[row.Block])),
            ResultColumn.Of("blockBits", rows.Select(row => row.Code.BlockBits[row.Block])),
            ResultColumn.Of("bits", rows.Select(row => row.Code.Bits)),
            ResultColumn.Of("uniformBits", rows.Select(row => row.Code.UniformBits)),
            ResultColumn.Of("compression", rows.Select(row => row.Code.Compression)),
            ResultColumn.Of("controlBits", rows.Select(row => row.Code.ControlBits)),
            ResultColumn.Of("controlCompression", rows.Select(row => row.Code.ControlCompression)));
    }

    private static ResultTable Remarks(ExperimentResults results, ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, string Remark)[] rows =
        [
            .. results.Remarks.Select(remark => ("", "", remark)),
            .. probes.SelectMany(row => row.Probe.Remarks.Select(remark => (row.Condition, row.Probe.Site, remark))),
        ];
        return new(
            "remarks",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Site)),
            ResultColumn.Of("remark", rows.Select(row => row.Remark)));
    }
}
