using ProbePipeline.Analysis;
using ProbePipeline.Options;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Tests.Analysis;

public sealed class TrainerChoiceTests
{
    [Theory]
    [InlineData(TrainerKind.Auto, 999, 100, "ML.NET L-BFGS, refined by Newton steps")]
    [InlineData(TrainerKind.Auto, 1000, 100, "batched preconditioned L-BFGS")]
    [InlineData(TrainerKind.Auto, 2_000_000, 4096, "batched preconditioned L-BFGS")]
    [InlineData(TrainerKind.Lbfgs, 1000, 100, "ML.NET L-BFGS, refined by Newton steps")]
    [InlineData(TrainerKind.Batched, 10, 10, "batched preconditioned L-BFGS")]
    public void Of_KindAndSizes_DecideAlone(TrainerKind kind, int rows, int width, string trainer) =>
        Assert.Equal(trainer, TrainerChoice.Of(new ProbeOptions { Trainer = kind }, rows, width, "cpu").Description);

    [Fact]
    public void Of_Tolerance_IsTheBatchedTrainers()
    {
        var trainer = Assert.IsType<BatchedTrainer>(TrainerChoice.Of(new ProbeOptions { Trainer = TrainerKind.Batched, Tolerance = 1e-6 }, 10, 10, "cpu"));

        Assert.Equal(1e-6, trainer.GapTolerance);
        // Who asks for nothing gets what the trainer does by itself.
        Assert.Equal(new BatchedTrainer().GapTolerance, new ProbeOptions().Tolerance);
    }
}
