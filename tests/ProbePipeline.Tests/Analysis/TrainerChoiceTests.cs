using ProbePipeline.Analysis;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Analysis;

public sealed class TrainerChoiceTests
{
    [Theory]
    [InlineData(TrainerKind.Auto, 999, 100, "ML.NET L-BFGS, refined by Newton steps")]
    [InlineData(TrainerKind.Auto, 1000, 100, "batched preconditioned L-BFGS")]
    [InlineData(TrainerKind.Auto, 2_000_000, 4096, "batched preconditioned L-BFGS")]
    [InlineData(TrainerKind.Lbfgs, 1000, 100, "ML.NET L-BFGS, refined by Newton steps")]
    [InlineData(TrainerKind.Batched, 10, 10, "batched preconditioned L-BFGS")]
    public void Of_KindAndSizes_DecideAlone(TrainerKind kind, int rows, int width, string trainer) => Assert.Equal(trainer, TrainerChoice.Of(kind, rows, width, "cpu").Description);
}
