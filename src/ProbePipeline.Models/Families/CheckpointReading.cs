using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Families;

/// <summary>What a family builds a network from.</summary>
/// <param name="Config">config.json.</param>
/// <param name="Weights">The checkpoint's tensors, from the root.</param>
/// <param name="Generation">Which names they carry.</param>
/// <param name="VisionTower">The tower's shape, for the one architecture whose configuration leaves it open; null: as published.</param>
internal sealed record CheckpointReading(ConfigReader Config, WeightReader Weights, KeyGeneration Generation, VisionTowerConfig? VisionTower);
