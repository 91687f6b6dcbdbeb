using ProbePipeline.Models.Checkpoints.Keys;

namespace ProbePipeline.Models.Families;

/// <summary>A language model by itself.</summary>
internal sealed class LanguageOnlyFamily(IDecoderFamily decoder) : IModelFamily
{
    public string ModelType => decoder.ModelType;

    public NetworkParts Build(CheckpointReading reading) =>
        new(VisionTower: null, Projection: null, DecoderKeys.Read(reading.Weights.At("model"), reading.Weights, decoder.Read(reading.Config)), ImageTokenId: null);
}
