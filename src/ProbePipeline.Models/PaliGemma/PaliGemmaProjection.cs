using ProbePipeline.Inputs;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.PaliGemma;

/// <summary>PaliGemma's projector: the tower's normed output through one map; a token a patch.</summary>
/// <param name="FeatureState">The hidden state after the last layer.</param>
/// <param name="Norm">The tower's own final norm.</param>
/// <param name="Map">The tower's width to the decoder's.</param>
internal sealed record PaliGemmaProjection(int FeatureState, LayerNorm Norm, Linear Map) : IPictureProjection
{
    public IReadOnlySet<int> FeatureStates { get; } = new HashSet<int> { FeatureState };

    public bool KeepsClassTokens => false;

    public Tensor Project(IReadOnlyDictionary<int, Tensor> states, IReadOnlyList<ImageTokenLayout> layouts) =>
        Map.Forward(Norm.Forward(states[FeatureState])).flatten(0, 1);                                    // [T, P, D] -> [T * P, W]
}
