using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>Looks at no states and changes none.</summary>
internal sealed class Nobody : IStateObserver
{
    public bool Wants(Site site) => false;

    public void Observe(Site site, Tensor states)
    {
    }

    public bool WantsPattern(Tower tower, int layer) => false;

    public void ObservePattern(Tower tower, int layer, Tensor pattern)
    {
    }
}
