using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>What a request keeps and changes of the states of its rows' beginnings.</summary>
internal sealed class PrefixCollector(StateCollector collector) : IPoolingObserver
{
    public bool Wants(Site site) => collector.Wants(site);

    public Tensor Edit(Site site, Tensor states) => collector.EditPrefixes(site, states);

    public void Observe(Site site, Tensor states) => Observe(site, states, []);

    public void Observe(Site site, Tensor states, Dictionary<SiteCapture, RowStates> pooled) => collector.ObservePrefixes(site, states, pooled);

    public bool WantsPattern(Tower tower, int layer) => false;

    public void ObservePattern(Tower tower, int layer, Tensor pattern) => throw new InvalidOperationException("Requests for patterns go through whole rows.");

    public IEnumerable<long>? ReadBehind(Tower tower, int layer) => collector.ReadOfPrefixesBehind(layer);
}
