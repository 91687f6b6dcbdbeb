using System.Runtime.InteropServices;
using TorchSharp;

namespace ProbePipeline.Torch.Devices;

/// <summary>What this process can do with CUDA.</summary>
/// <param name="IsBuiltIn">Whether the application carries the CUDA build of libtorch.</param>
/// <param name="DeviceCount">How many devices it sees.</param>
internal readonly record struct CudaState(bool IsBuiltIn, int DeviceCount)
{
    public static CudaState OfThisProcess()
    {
        var isAvailable = torch.cuda.is_available();
        return new CudaState(
            isAvailable || NativeLibrary.TryLoad("torch_cuda", typeof(torch).Assembly, null, out _),
            isAvailable ? torch.cuda.device_count() : 0);
    }
}
