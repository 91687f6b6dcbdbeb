using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>An observer that keeps pooled states, and can have them from another one that sees the same states.</summary>
internal interface IPoolingObserver : IStateObserver
{
    /// <summary>Keeps what was asked for.</summary>
    /// <param name="site">The site.</param>
    /// <param name="states">Its states.</param>
    /// <param name="pooled">What was pooled of them already, and what is pooled now.</param>
    void Observe(Site site, Tensor states, Dictionary<SiteCapture, RowStates> pooled);
}
