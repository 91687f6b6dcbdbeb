using ProbePipeline.Torch.Devices;
using TorchSharp;

namespace ProbePipeline.Torch.Tests.Devices;

public sealed class DevicePolicyTests : IDisposable
{
    private readonly int _before = torch.get_num_threads();

    public void Dispose() => torch.set_num_threads(_before);

    [Fact]
    public void Apply_MoreThreadsThanCores_LeavesAsManyAsCores()
    {
        torch.set_num_threads(Environment.ProcessorCount + 3);
        DevicePolicy.Apply(torch.CPU);
        Assert.Equal(Environment.ProcessorCount, torch.get_num_threads());
    }

    [Fact]
    public void Apply_FewerThreadsThanCores_LeavesThem()
    {
        torch.set_num_threads(1);
        DevicePolicy.Apply(torch.CPU);
        Assert.Equal(1, torch.get_num_threads());
    }
}
