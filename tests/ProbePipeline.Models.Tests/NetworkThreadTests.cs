using ProbePipeline.Models.Clip;
using ProbePipeline.Testing;
using TorchSharp;

namespace ProbePipeline.Models.Tests;

// Alone: how libtorch adds up depends on its threads, and other tests compare to the bit.
[Collection(LiveTensors.Name)]
public sealed class NetworkThreadTests : IDisposable
{
    private readonly int _before = torch.get_num_threads();

    public void Dispose() => torch.set_num_threads(_before);

    [Fact]
    public void Load_LibtorchHasMoreThreadsThanCores_LeavesAsManyAsCores()
    {
        torch.set_num_threads(Environment.ProcessorCount + 3);
        using var network = TestNetworks.Load("llama");
        Assert.Equal(Environment.ProcessorCount, torch.get_num_threads());
    }

    [Fact]
    public void LoadOfClip_LibtorchHasMoreThreadsThanCores_LeavesAsManyAsCores()
    {
        torch.set_num_threads(Environment.ProcessorCount + 3);
        using var model = ClipModel.Load(Goldens.Folder("clip-full", "model"));
        Assert.Equal(Environment.ProcessorCount, torch.get_num_threads());
    }
}
