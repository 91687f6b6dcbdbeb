namespace ProbePipeline.Architecture.Tests.Planted;

internal sealed class UsesTorch
{
    public static long Count(TorchSharp.torch.Tensor tensor) => tensor.NumberOfElements;
}
