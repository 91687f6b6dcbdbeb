using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Families;

/// <summary>A configuration and a source of tensors to a network.</summary>
internal static class NetworkBuilder
{
    /// <param name="config">config.json.</param>
    /// <param name="source">Where the tensors come from: a checkpoint, the meta device, or a random initialisation. The network owns it.</param>
    /// <param name="generation">Which names they carry.</param>
    /// <param name="visionTower">See <see cref="NetworkOptions.VisionTower"/>.</param>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="where">The checkpoint, for errors.</param>
    /// <exception cref="CheckpointException">The architecture is not known, or tensors are missing, unused or of another shape.</exception>
    public static Network Build(ConfigReader config, WeightSource source, KeyGeneration generation, VisionTowerConfig? visionTower, Device device, string where)
    {
        var family = ModelFamilies.Model(config);
        var weights = new WeightReader(source);
        using var scope = NewDisposeScope();
        var parts = family.Build(new CheckpointReading(config, weights, generation, visionTower));
        source.Own(scope);
        return new Network(family.ModelType, generation, weights.Finish(where), parts, device, source);
    }
}
