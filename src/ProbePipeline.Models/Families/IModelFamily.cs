namespace ProbePipeline.Models.Families;

/// <summary>A kind of checkpoint.</summary>
internal interface IModelFamily
{
    /// <summary>The <c>model_type</c> of config.json.</summary>
    string ModelType { get; }

    /// <summary>Takes the network's tensors from the checkpoint.</summary>
    NetworkParts Build(CheckpointReading reading);
}
