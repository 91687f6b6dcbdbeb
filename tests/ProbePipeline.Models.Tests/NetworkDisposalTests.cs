using TorchSharp;

namespace ProbePipeline.Models.Tests;

[Collection(LiveTensors.Name)]
public sealed class NetworkDisposalTests
{
    [Theory]
    [InlineData("llava")]
    [InlineData("siglip-vision")]
    [InlineData("phi3")]
    public void Dispose_LoadedNetwork_LeavesNoTensorToTheFinalizer(string name)
    {
        var before = LiveTensors.Count();

        TestNetworks.Load(name).Dispose();

        Assert.Equal(before, torch.Tensor.TotalCount);
    }
}
