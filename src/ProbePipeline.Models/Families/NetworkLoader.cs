using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Torch.Devices;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Families;

/// <summary>A checkpoint folder to a network.</summary>
internal static class NetworkLoader
{
    private static readonly ScalarType[] ComputeTypes = [ScalarType.Float32, ScalarType.BFloat16, ScalarType.Float16];

    public static Network Load(string folder, NetworkOptions options)
    {
        var device = DeviceOf(options);
        // What no weights would help is said before their lack.
        var file = Path.Combine(folder, "config.json");
        if (File.Exists(file))
        {
            ModelFamilies.Model(ConfigReader.Open(file));
        }

        var checkpoint = Checkpoint.Open(folder);
        var config = ConfigReader.Open(file);
        var weights = WeightsOf(folder, checkpoint, options, device);
        try
        {
            return NetworkBuilder.Build(config, weights, VisionLanguageKeys.Detect(weights.Names), options.VisionTower, device, folder);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>Where the options compute, with libtorch set for it.</summary>
    /// <exception cref="NetworkInputException">The device is not known or not there.</exception>
    public static Device DeviceOf(NetworkOptions options)
    {
        try
        {
            var device = DeviceChoice.Parse(options.Device);
            DevicePolicy.Apply(device);
            return device;
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or DllNotFoundException)
        {
            throw new NetworkInputException(error.Message, error);
        }
    }

    /// <summary>A checkpoint's weights as the options want them: in their type, and drawn anew where they have a seed.</summary>
    /// <param name="folder">The checkpoint's folder, for the error.</param>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="options">How it is loaded.</param>
    /// <param name="device">Where the tensors are to be.</param>
    /// <exception cref="CheckpointException">Nothing is computed in that type.</exception>
    public static WeightSource WeightsOf(string folder, Checkpoint checkpoint, NetworkOptions options, Device device)
    {
        var type = options.Type ?? checkpoint.DominantType;
        if (!ComputeTypes.Contains(type))
        {
            throw new CheckpointException($"{folder}: cannot compute in {type}; choose float32, bfloat16 or float16");
        }

        // What is only looked at to draw others is left where it is, in the type that it has.
        return options.RandomSeed is { } seed
            ? new RandomWeights(new CheckpointWeights(checkpoint, checkpoint.DominantType, CPU), seed, type, device)
            : new CheckpointWeights(checkpoint, type, device);
    }
}
