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
        var device = Parse(options.Device);
        // What no weights would help is said before their lack.
        var file = Path.Combine(folder, "config.json");
        if (File.Exists(file))
        {
            ModelFamilies.Model(ConfigReader.Open(file));
        }

        DevicePolicy.Apply(device);
        var checkpoint = Checkpoint.Open(folder);
        var config = ConfigReader.Open(file);
        var type = options.Type ?? checkpoint.DominantType;
        if (!ComputeTypes.Contains(type))
        {
            throw new CheckpointException($"{folder}: cannot compute in {type}; choose float32, bfloat16 or float16");
        }

        // What is only looked at to draw others is left where it is, in the type that it has.
        WeightSource weights = options.RandomSeed is { } seed
            ? new RandomWeights(new CheckpointWeights(checkpoint, checkpoint.DominantType, CPU), seed, type, device)
            : new CheckpointWeights(checkpoint, type, device);
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

    private static Device Parse(string device)
    {
        try
        {
            return DeviceChoice.Parse(device);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException or DllNotFoundException)
        {
            throw new NetworkInputException(error.Message, error);
        }
    }
}
