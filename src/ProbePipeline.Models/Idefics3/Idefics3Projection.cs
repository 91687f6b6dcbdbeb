using ProbePipeline.Inputs;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Idefics3;

/// <summary>Idefics3's connector: squares of patches of the tower's normed output become one token, through one map (transformers 5.23, modeling_idefics3.py).</summary>
/// <param name="FeatureState">The hidden state after the last layer.</param>
/// <param name="Norm">The tower's own final norm.</param>
/// <param name="GridSize">Patches along an edge of a tile.</param>
/// <param name="MergedSide">Patches along an edge of a square.</param>
/// <param name="Map">The squares' width to the decoder's.</param>
/// <param name="Gather">Tiles and overview in reading order.</param>
internal sealed record Idefics3Projection(int FeatureState, LayerNorm Norm, int GridSize, int MergedSide, Linear Map, ImageTokenGather Gather) : IPictureProjection
{
    public IReadOnlySet<int> FeatureStates { get; } = new HashSet<int> { FeatureState };

    public bool KeepsClassTokens => false;

    // [T, G * G, D] -> [T, G/S * G/S, S * S * D] -> [image tokens, W]
    public Tensor Project(IReadOnlyDictionary<int, Tensor> states, IReadOnlyList<ImageTokenLayout> layouts) =>
        Gather.Pack(Map.Forward(PatchSquares.Merge(Norm.Forward(states[FeatureState]), GridSize, MergedSide)), layouts);
}
