using ProbePipeline.Models.Checkpoints.Keys;

namespace ProbePipeline.Models.Families;

/// <summary>A vision tower by itself, or the one of a checkpoint that also holds a text encoder.</summary>
/// <param name="tower">The tower.</param>
/// <param name="pairType">The <c>model_type</c> of a checkpoint with both encoders; null: the tower's own.</param>
internal sealed class VisionOnlyFamily(IVisionFamily tower, string? pairType = null) : IModelFamily
{
    public string ModelType => pairType ?? tower.ModelType;

    public NetworkParts Build(CheckpointReading reading)
    {
        var (config, weights) = (reading.Config, reading.Weights);
        foreach (var other in new[] { "text_model.*", "text_projection.weight", "visual_projection.weight", "logit_scale", "logit_bias" })
        {
            weights.Ignore(other, "belongs to matching pictures with texts, not to the vision tower");
        }

        // A checkpoint of both encoders always has the prefix; one of the tower alone lost it in transformers 5.
        var read = tower.Read(pairType is null && !config.Has("vision_config") ? config : config.Object("vision_config"));
        var prefix = pairType is not null || reading.Generation == KeyGeneration.Hub ? "vision_model" : "";
        return new NetworkParts(tower.Build(weights.At(prefix), read), Projection: null, Decoder: null, ImageTokenId: null);
    }
}
