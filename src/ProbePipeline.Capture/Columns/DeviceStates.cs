using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Capture.Columns;

/// <summary>Numbers of many tensors on their way off a device.</summary>
internal static class DeviceStates
{
    /// <summary>The numbers of every tensor, row-major. On a device every transfer waits for what was computed, so there is one for all.</summary>
    /// <param name="tensors">float32, all on one device.</param>
    public static float[][] Read(IReadOnlyList<Tensor> tensors) =>
        tensors.Count == 0 || tensors[0].device_type == DeviceType.CPU ? [.. tensors.Select(Numbers)] : ReadTogether(tensors);

    /// <summary>The same by one transfer, whatever the device.</summary>
    internal static float[][] ReadTogether(IReadOnlyList<Tensor> tensors)
    {
        using var scope = NewDisposeScope();
        var all = Numbers(cat([.. tensors.Select(tensor => tensor.reshape(-1))], 0).cpu());
        var first = 0;
        return [.. tensors.Select(tensor => all[first..(first += (int)tensor.numel())])];
    }

    private static float[] Numbers(Tensor tensor)
    {
        using var dense = tensor.contiguous();
        var numbers = new float[dense.numel()];
        dense.data<float>().CopyTo(numbers);
        return numbers;
    }
}
