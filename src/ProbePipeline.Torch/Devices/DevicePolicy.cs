using TorchSharp;

namespace ProbePipeline.Torch.Devices;

/// <summary>How libtorch computes in this process, set where a network is loaded.</summary>
public static class DevicePolicy
{
    /// <summary>
    /// float32 is float32: no TF32 in matrix products or convolutions (libtorch allows it in the latter). And no more threads than this process has cores:
    /// libtorch counts those of the machine, also where a container or a cluster gives fewer.
    /// </summary>
    /// <param name="device">Where a network will compute.</param>
    public static void Apply(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type == DeviceType.CUDA)
        {
            torch.backends.cuda.matmul.allow_tf32 = false;
            torch.backends.cudnn.allow_tf32 = false;
        }

        if (torch.get_num_threads() > Environment.ProcessorCount)
        {
            torch.set_num_threads(Environment.ProcessorCount);
        }
    }
}
