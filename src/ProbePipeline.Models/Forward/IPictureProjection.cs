using ProbePipeline.Inputs;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>How vision states become the embeddings of image tokens: where the families of vision-language models differ most.</summary>
internal interface IPictureProjection
{
    /// <summary>Which hidden states of the vision tower are read: 0 for the embeddings, i for what layer i - 1 leaves.</summary>
    IReadOnlySet<int> FeatureStates { get; }

    /// <summary>Whether a tile's class token becomes an image token too.</summary>
    bool KeepsClassTokens { get; }

    /// <summary>Patches along an edge of the square that becomes one image token.</summary>
    int MergedSide => 1;

    /// <param name="states">Those hidden states, [T, N, D] each: tiles, tokens of a tile, the tower's width.</param>
    /// <param name="layouts">The pictures, in the order of their tiles.</param>
    /// <returns>[image tokens of all pictures, the decoder's width]</returns>
    Tensor Project(IReadOnlyDictionary<int, Tensor> states, IReadOnlyList<ImageTokenLayout> layouts);
}
