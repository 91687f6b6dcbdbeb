using System.Runtime.InteropServices;
using TorchSharp;

namespace ProbePipeline.Torch.Devices;

/// <summary>Memory of a device. TorchSharp does not tell it, so CUDA's own library, which comes with libtorch, is asked.</summary>
public static class DeviceMemory
{
    private static readonly string[] Libraries = OperatingSystem.IsWindows() ? ["cudart64_12", "cudart64_13"] : ["libcudart.so.12", "libcudart.so.13", "libcudart.so"];

    private delegate int SetDevice(int device);

    private delegate int MemoryInfo(out nuint free, out nuint total);

    /// <summary>Bytes that are free on a CUDA device; null on another one, or where CUDA does not say.</summary>
    public static long? Free(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type != DeviceType.CUDA)
        {
            return null;
        }

        foreach (var name in Libraries)
        {
            if (NativeLibrary.TryLoad(name, typeof(torch).Assembly, null, out var library)
                && NativeLibrary.TryGetExport(library, "cudaSetDevice", out var set)
                && NativeLibrary.TryGetExport(library, "cudaMemGetInfo", out var info)
                && Marshal.GetDelegateForFunctionPointer<SetDevice>(set)(Math.Max(0, device.index)) == 0
                && Marshal.GetDelegateForFunctionPointer<MemoryInfo>(info)(out var free, out _) == 0)
            {
                return (long)free;
            }
        }

        return null;
    }
}
