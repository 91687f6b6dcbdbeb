using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tests;

/// <summary>The reference study with what folds, repeats, training sizes and codes would add to it, made up from simple formulas.</summary>
internal static class ProtocolStudy
{
    public static ExperimentResults Results { get; } = ReferenceStudy.Results with
    {
        Split = ReferenceStudy.Results.Split with { Folds = 3, Repeats = 2 },
        Conditions = new(ReferenceStudy.Results.Conditions.Select(pair => KeyValuePair.Create(pair.Key, pair.Value with { Probes = [.. pair.Value.Probes.Select(With)] }))),
        Remarks = ["Class 'gate' has no validation rows in fold 2: penalty and layer were chosen by the other classes."],
    };

    private static ProbeResult With(ProbeResult probe) => probe with
    {
        ControlDeviation = 0.0125,
        Folds = [new FoldResult(0.01, probe.ValidationAccuracy, probe.TestAccuracy - 0.03125), new FoldResult(0.001, probe.ValidationAccuracy, probe.TestAccuracy), new FoldResult(0.01, probe.ValidationAccuracy, probe.TestAccuracy)],
        Repeats = new RepeatedSplits(probe.ValidationAccuracy, 0.015625, probe.TestAccuracy - 0.0078125, 0.0234375, [probe.TestAccuracy, probe.TestAccuracy - 0.015625]),
        LearningCurve = [.. new[] { 0.1, 0.5, 1 }.Select(share => new LearningCurvePoint(share, 360 * share, 0.01, probe.ValidationAccuracy * share, probe.TestAccuracy * Math.Sqrt(share), probe.Low * Math.Sqrt(share), probe.High * Math.Sqrt(share)))],
        CodeLength = new CodeLength { Bits = 8000 - (4000 * probe.TestAccuracy), UniformBits = 8437.5, Compression = 8437.5 / (8000 - (4000 * probe.TestAccuracy)), Cuts = [6, 2160], BlockBits = [23.4375, 7976.5625 - (4000 * probe.TestAccuracy)], ControlBits = 9000, ControlCompression = 0.9375 },
        // At the first layer the probe is sure and wrong for one row.
        Information = probe.Layer == 0
            ? new UsableInformation(3.90625, double.PositiveInfinity, double.NegativeInfinity, null, null)
            : new UsableInformation(3.90625, 3.90625 * (1 - probe.TestAccuracy), 3.90625 * probe.TestAccuracy, 3.90625 * probe.Low, 3.90625 * probe.High),
        Remarks = probe.Site == "projector" ? ["All training rows have the same vector: the probe can only say the class that is most frequent in training."] : [],
    };
}
