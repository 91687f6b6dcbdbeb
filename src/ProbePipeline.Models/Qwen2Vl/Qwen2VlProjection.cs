using ProbePipeline.Inputs;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Qwen2Vl;

/// <summary>Qwen2-VL's merger: squares of patches of the tower's normed output become one token, through two maps (transformers 5.23, modeling_qwen2_vl.py, PatchMerger).</summary>
/// <param name="FeatureState">The hidden state after the last layer.</param>
/// <param name="Norm">The tower's own final norm.</param>
/// <param name="MergedSide">Patches along an edge of a square.</param>
/// <param name="Map">The squares' width to the decoder's.</param>
internal sealed record Qwen2VlProjection(int FeatureState, LayerNorm Norm, int MergedSide, Mlp Map) : IPictureProjection
{
    public IReadOnlySet<int> FeatureStates { get; } = new HashSet<int> { FeatureState };

    public bool KeepsClassTokens => false;

    // [T, R * S * C * S, D] -> [T, R * C, S * S * D] -> [image tokens, W]
    public Tensor Project(IReadOnlyDictionary<int, Tensor> states, IReadOnlyList<ImageTokenLayout> layouts) =>
        Map.Forward(PatchSquares.Merge(Norm.Forward(states[FeatureState]), layouts[0].GridRows, layouts[0].GridColumns, MergedSide)).flatten(0, 1);
}
