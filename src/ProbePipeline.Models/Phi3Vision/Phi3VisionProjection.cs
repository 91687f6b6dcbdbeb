using ProbePipeline.Inputs;
using ProbePipeline.Models.Forward;
using ProbePipeline.Models.Layers;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Phi3Vision;

/// <summary>
/// Phi-3-Vision's projector: four neighbouring patches become one token, learned vectors end rows and part tiles from overview, all go through
/// two maps (image_embedding_phi3_v.py of the published checkpoint). G: patches a side, D: the tower's width.
/// </summary>
internal sealed record Phi3VisionProjection(int FeatureState, int GridSize, Mlp Map, ImageTokenGather Gather) : IPictureProjection
{
    public IReadOnlySet<int> FeatureStates { get; } = new HashSet<int> { FeatureState };

    public bool KeepsClassTokens => false;

    public int MergedSide => 2;

    public Tensor Project(IReadOnlyDictionary<int, Tensor> states, IReadOnlyList<ImageTokenLayout> layouts)
    {
        var patches = states[FeatureState].narrow(1, 1, GridSize * GridSize);                             // [T, G * G, D]
        var merged = PatchSquares.Merge(patches, GridSize, MergedSide);                                   // [T, G/2 * G/2, 4 * D]
        return Map.Forward(Gather.Pack(merged, layouts));                                                 // [image tokens, 4 * D] -> [image tokens, W]
    }
}
