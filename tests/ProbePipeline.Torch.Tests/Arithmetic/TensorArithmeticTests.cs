using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Torch.Tests.Arithmetic;

public sealed class TensorArithmeticTests : IDisposable
{
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    [Fact]
    public void NewTensors_OfEveryFunction_HoldTheResultAndLeaveTheTensor()
    {
        var tensor = Tensor(2, 6);

        Assert.Equal([5, 7], Values(tensor.Plus(Tensor(3, 1))));
        Assert.Equal([2.5, 6.5], Values(tensor.Plus(0.5)));
        Assert.Equal([3, 9], Values(tensor.Times(1.5)));
        Assert.Equal([0.5, 1.5], Values(tensor.DividedBy(4)));
        Assert.Equal([2, 6], Values(tensor));
    }

    [Fact]
    public void InPlace_EveryFunction_ChangesTheTensorAndGivesItBack()
    {
        var tensor = Tensor(2, 6);

        Assert.Same(tensor, tensor.AddInPlace(Tensor(1, 1)));
        Assert.Equal([3, 7], Values(tensor));
        Assert.Equal([7, 15], Values(tensor.AddInPlace(Tensor(2, 4), 2)));
        Assert.Equal([6.5, 14.5], Values(tensor.AddInPlace(-0.5)));
        Assert.Equal([13, 29], Values(tensor.MultiplyInPlace(2)));
        Assert.Equal([3.25, 7.25], Values(tensor.DivideInPlace(4)));
        Assert.Equal([3.25, 7.25], Values(tensor));
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void EveryFunction_OfANumber_KeepsTheTensorsType(ScalarType type)
    {
        var tensor = ones(2, type);

        Assert.All([tensor.Plus(1), tensor.Times(2), tensor.DividedBy(3), tensor.Plus(tensor)], result => Assert.Equal(type, result.dtype));
    }

    public void Dispose() => _scope.Dispose();

    private static Tensor Tensor(params double[] values) => tensor(values);

    private static double[] Values(Tensor tensor) => tensor.data<double>().ToArray();
}
