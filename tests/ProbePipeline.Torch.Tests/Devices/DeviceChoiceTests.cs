using ProbePipeline.Torch.Devices;
using TorchSharp;

namespace ProbePipeline.Torch.Tests.Devices;

public sealed class DeviceChoiceTests
{
    [Fact]
    public void Parse_Cpu_GivesADeviceThatComputes()
    {
        using var scope = torch.NewDisposeScope();

        var product = torch.arange(6, device: DeviceChoice.Parse("cpu")).reshape(2, 3).matmul(torch.arange(6).reshape(3, 2));

        Assert.Equal([10L, 13L, 28L, 40L], product.data<long>().ToArray());
    }

    [Fact]
    public void Parse_AutoHere_GivesADeviceThatComputes()
    {
        using var scope = torch.NewDisposeScope();

        Assert.Equal(6L, torch.arange(4, device: DeviceChoice.Parse("auto")).sum().ToInt64());
    }

    [Theory]
    [InlineData("cpu", 0, DeviceType.CPU, -1)]
    [InlineData("cpu", 2, DeviceType.CPU, -1)]
    [InlineData("auto", 0, DeviceType.CPU, -1)]
    [InlineData("auto", 2, DeviceType.CUDA, 0)]
    [InlineData("cuda", 2, DeviceType.CUDA, 0)]
    [InlineData("cuda:0", 1, DeviceType.CUDA, 0)]
    [InlineData("cuda:1", 2, DeviceType.CUDA, 1)]
    public void Parse_WithCudaDevices_ChoosesTheNamedOne(string text, int devices, DeviceType type, int index)
    {
        var device = DeviceChoice.Parse(text, () => new CudaState(IsBuiltIn: true, devices));

        Assert.Equal((type, index), (device.type, device.index));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CPU")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:one")]
    public void Parse_OtherText_SaysWhatIsAllowed(string text)
    {
        var exception = Assert.Throws<FormatException>(() => DeviceChoice.Parse(text));

        Assert.Equal($"Expected a device: auto, cpu, cuda or cuda:N with N from 0 on; found '{text}'.", exception.Message);
    }

    [Theory]
    [InlineData("cuda", false, 0, "-p:Cuda=true")]
    [InlineData("cuda:3", false, 0, "-p:Cuda=true")]
    [InlineData("cuda", true, 0, "nvidia-smi")]
    [InlineData("cuda:2", true, 2, "cuda:0 to cuda:1")]
    public void Parse_CudaThatIsNotThere_SaysWhatToDo(string text, bool isBuiltIn, int devices, string advice)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => DeviceChoice.Parse(text, () => new CudaState(isBuiltIn, devices)));

        Assert.Contains($"Device '{text}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }
}
