using ProbePipeline.Inputs;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Llava;

/// <summary>LLaVA's projector: hidden states of one or several vision layers, side by side, through two maps. LLaVA-NeXT sets row ends between them.</summary>
/// <param name="FeatureOrder">The hidden states in the order in which they stand side by side.</param>
/// <param name="DroppedTokens">Tokens left out at the front of every tile: the class token under the strategy "default".</param>
internal sealed record LlavaProjection(IReadOnlyList<int> FeatureOrder, int DroppedTokens, Mlp Map, ImageTokenGather Gather) : IPictureProjection
{
    public IReadOnlySet<int> FeatureStates { get; } = FeatureOrder.ToHashSet();

    public bool KeepsClassTokens => Gather.ClassTokenCount > 0;

    public Tensor Project(IReadOnlyDictionary<int, Tensor> states, IReadOnlyList<ImageTokenLayout> layouts)
    {
        var features = FeatureOrder.Count == 1 ? states[FeatureOrder[0]] : cat([.. FeatureOrder.Select(index => states[index])], -1);
        var kept = features.narrow(1, DroppedTokens, features.shape[1] - DroppedTokens);                  // [T, P, layers * D]
        return Gather.Pack(Map.Forward(kept), layouts);                                                   // [T, P, W] -> [image tokens, W]
    }
}
