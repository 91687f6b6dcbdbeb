using ProbePipeline.Options;
using ProbePipeline.Probes.Training;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Analysis;

/// <summary>Which trainer fits an experiment's probes. The rule knows sizes alone, so that the same experiment has the same trainer everywhere.</summary>
internal static class TrainerChoice
{
    // Training rows x the widest site. Measured with tests/ProbePipeline.Benchmarks at 15 classes and 7 penalties: at 14 000 numbers both take as long,
    // at 138 000 and more the batched trainer is 3 to 8 times as fast.
    private const long ManyNumbers = 100_000;

    /// <param name="probe">What the experiment asks for.</param>
    /// <param name="trainingRows">Number of rows to fit on.</param>
    /// <param name="width">Numbers a row at the widest site.</param>
    /// <param name="device">Where the network computes.</param>
    public static IProbeTrainer Of(ProbeOptions probe, int trainingRows, int width, string device) =>
        probe.Trainer == TrainerKind.Batched || (probe.Trainer == TrainerKind.Auto && (long)trainingRows * width >= ManyNumbers)
            ? new BatchedTrainer { Device = device, GapTolerance = probe.Tolerance }
            : new LbfgsTrainer();
}
