using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Keys;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Families;

/// <summary>A kind of vision tower: what its configuration means, with its class's defaults, and what its tensors are called.</summary>
internal interface IVisionFamily
{
    /// <summary>The <c>model_type</c> of the tower's own configuration.</summary>
    string ModelType { get; }

    VisionTowerConfig Read(ConfigReader config);

    /// <summary>Takes the tower's tensors, which carry the names of CLIP's and SigLIP's where a family does not say otherwise.</summary>
    VisionTower Build(WeightReader weights, VisionTowerConfig config) => VisionTowerKeys.Read(weights, config);
}
