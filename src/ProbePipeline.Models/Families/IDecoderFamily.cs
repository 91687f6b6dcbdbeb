using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Families;

/// <summary>A kind of decoder: what its configuration means, with its class's defaults.</summary>
internal interface IDecoderFamily
{
    /// <summary>The <c>model_type</c> of the decoder's configuration.</summary>
    string ModelType { get; }

    DecoderConfig Read(ConfigReader config);
}
