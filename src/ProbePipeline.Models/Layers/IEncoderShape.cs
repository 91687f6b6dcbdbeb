namespace ProbePipeline.Models.Layers;

/// <summary>The shape of an encoder's layers, whether pictures or texts go through them: all tokens of one width, heads that share it evenly.</summary>
internal interface IEncoderShape
{
    /// <summary>Width of the residual stream, D.</summary>
    int HiddenSize { get; }

    /// <summary>Width between the two maps of an MLP.</summary>
    int IntermediateSize { get; }

    /// <summary>Attention heads.</summary>
    int HeadCount { get; }

    /// <summary>What the norms add to the variance.</summary>
    double NormEpsilon { get; }

    /// <summary>The MLP's activation.</summary>
    Activation Activation { get; }
}
