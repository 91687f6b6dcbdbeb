using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Several requests that have the same states so far: what more than one of them captures is pooled once.</summary>
internal sealed class SharedCollector : IStateObserver
{
    private readonly IPoolingObserver[] _collectors;

    private SharedCollector(IPoolingObserver[] collectors) => _collectors = collectors;

    /// <summary>The observer itself where there is one alone.</summary>
    public static IStateObserver Of(IReadOnlyList<IStateObserver> observers) =>
        observers.Count == 1 ? observers[0] : new SharedCollector([.. observers.Cast<IPoolingObserver>()]);

    public bool Wants(Site site) => _collectors.Any(collector => collector.Wants(site));

    // They have the same states because they change them alike.
    public Tensor Edit(Site site, Tensor states) => _collectors[0].Edit(site, states);

    public void Observe(Site site, Tensor states)
    {
        var pooled = new Dictionary<SiteCapture, RowStates>();
        foreach (var collector in _collectors)
        {
            collector.Observe(site, states, pooled);
        }
    }

    public bool WantsPattern(Tower tower, int layer) => _collectors.Any(collector => collector.WantsPattern(tower, layer));

    public void ObservePattern(Tower tower, int layer, Tensor pattern)
    {
        foreach (var collector in _collectors.Where(collector => collector.WantsPattern(tower, layer)))
        {
            collector.ObservePattern(tower, layer, pattern);
        }
    }
}
