using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>The numbers of folds, repeated splits, training sizes, information and code lengths. Probes on pixels stand under no condition.</summary>
internal static class ProtocolTables
{
    public static IEnumerable<ResultTable> Of(ExperimentResults results)
    {
        ImmutableArray<(string Condition, ProbeResult Probe)> probes = [.. results.ProbesAndPixels()];
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
        return ResultTable.Of("folds", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Site)
            .With("fold", row => row.Fold)
            .With("l2", row => row.Result.L2)
            .With("validationAccuracy", row => row.Result.ValidationAccuracy)
            .With("testAccuracy", row => row.Result.TestAccuracy);
    }

    private static ResultTable Repeats(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, RepeatedSplits Repeats)[] rows =
            [.. probes.Where(row => row.Probe.Repeats is not null).Select(row => (row.Condition, row.Probe.Site, row.Probe.Repeats!))];
        return ResultTable.Of("repeats", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Site)
            .With("splits", row => row.Repeats.TestAccuracies.Length)
            .With("validationMean", row => row.Repeats.ValidationMean)
            .With("validationDeviation", row => row.Repeats.ValidationDeviation)
            .With("testMean", row => row.Repeats.TestMean)
            .With("testDeviation", row => row.Repeats.TestDeviation);
    }

    private static ResultTable LearningCurve(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, LearningCurvePoint Point)[] rows =
            [.. probes.SelectMany(row => row.Probe.LearningCurve.Select(point => (row.Condition, row.Probe.Site, point)))];
        return ResultTable.Of("learning-curve", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Site)
            .With("share", row => row.Point.Share)
            .With("images", row => row.Point.Images)
            .With("l2", row => row.Point.L2)
            .With("validationAccuracy", row => row.Point.ValidationAccuracy)
            .With("testAccuracy", row => row.Point.TestAccuracy)
            .With("low", row => row.Point.Low)
            .With("high", row => row.Point.High);
    }

    private static ResultTable Information(ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, UsableInformation Information)[] rows =
            [.. probes.Where(row => row.Probe.Information is not null).Select(row => (row.Condition, row.Probe.Site, row.Probe.Information!))];
        return ResultTable.Of("information", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Site)
            .With("labelEntropy", row => row.Information.LabelEntropy)
            .With("conditionalEntropy", row => row.Information.ConditionalEntropy)
            .With("bits", row => row.Information.Bits)
            .With("low", row => row.Information.Low)
            .With("high", row => row.Information.High);
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
        return ResultTable.Of("code-length", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Site)
            .With("rows", row => row.Code.Cuts[row.Block])
            .With("blockBits", row => row.Code.BlockBits[row.Block])
            .With("bits", row => row.Code.Bits)
            .With("uniformBits", row => row.Code.UniformBits)
            .With("compression", row => row.Code.Compression)
            .With("controlBits", row => row.Code.ControlBits)
            .With("controlCompression", row => row.Code.ControlCompression);
    }

    private static ResultTable Remarks(ExperimentResults results, ImmutableArray<(string Condition, ProbeResult Probe)> probes)
    {
        (string Condition, string Site, string Remark)[] rows =
        [
            .. results.Remarks.Select(remark => ("", "", remark)),
            .. probes.SelectMany(row => row.Probe.Remarks.Select(remark => (row.Condition, row.Probe.Site, remark))),
        ];
        return ResultTable.Of("remarks", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Site)
            .With("remark", row => row.Remark);
    }
}
