using System.Globalization;
using ProbePipeline.Torch.Natives;
using TorchSharp;

namespace ProbePipeline.Torch.Devices;

/// <summary>Turns the words for a device in files and on the command line into the device itself.</summary>
public static class DeviceChoice
{
    private const string CudaPrefix = "cuda:";

    /// <summary>Reads <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c> and makes sure that this machine has the device.</summary>
    /// <param name="text"><c>auto</c> is the first CUDA device when there is one, else the CPU; <c>cuda</c> is <c>cuda:0</c>.</param>
    /// <returns>A device that tensors can be made on.</returns>
    /// <exception cref="FormatException">The text is none of these words.</exception>
    /// <exception cref="InvalidOperationException">The device is not there; the message says what to do.</exception>
    /// <exception cref="DllNotFoundException">TorchSharp's native library cannot be loaded on this system.</exception>
    public static torch.Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Parse(text, CudaState.OfThisProcess);
        }
        catch (TypeInitializationException) when (TorchSharpLibrary.Failure is { } failure)
        {
            throw new DllNotFoundException(failure.Message, failure);
        }
    }

    internal static torch.Device Parse(string text, Func<CudaState> cuda) => text switch
    {
        "cpu" => new torch.Device(DeviceType.CPU),
        "auto" => cuda() is { DeviceCount: > 0 } ? new torch.Device(DeviceType.CUDA, 0) : new torch.Device(DeviceType.CPU),
        "cuda" => Cuda(text, 0, cuda()),
        _ when text.StartsWith(CudaPrefix, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) => Cuda(text, index, cuda()),
        _ => throw new FormatException($"Expected a device: auto, cpu, cuda or cuda:N with N from 0 on; found '{text}'."),
    };

    private static torch.Device Cuda(string text, int index, CudaState cuda)
    {
        if (!cuda.IsBuiltIn)
        {
            throw new InvalidOperationException(
                $"Device '{text}' needs the CUDA build of libtorch; this application carries the CPU build. Build it with -p:Cuda=true, or choose cpu.");
        }
        if (cuda.DeviceCount == 0)
        {
            throw new InvalidOperationException(
                $"Device '{text}' needs a CUDA device; this machine shows none. Check that nvidia-smi lists it and that its driver fits, or choose cpu.");
        }
        return index < cuda.DeviceCount
            ? new torch.Device(DeviceType.CUDA, index)
            : throw new InvalidOperationException($"Device '{text}' is not there: this machine has cuda:0 to cuda:{cuda.DeviceCount - 1}.");
    }
}
