using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Pools the states that a forward comes past and keeps the result: [vectors, width] a capture, never every token of every layer.</summary>
internal sealed class StateCollector : IStateObserver
{
    private readonly TokenSelection _selection;
    private readonly StateEdits _edits;
    private readonly ILookup<Site, SiteCapture> _captures;
    private readonly HashSet<(Tower, int)> _patterns;
    private readonly Dictionary<SiteCapture, RowStates> _states = [];
    private readonly Dictionary<(Tower, int), Tensor> _keptPatterns = [];

    public StateCollector(TokenSelection selection, ForwardRequest request, StateEdits edits)
    {
        _selection = selection;
        _edits = edits;
        _captures = request.Captures.Distinct().ToLookup(capture => capture.Site);
        _patterns = [.. request.Patterns];
    }

    public bool Wants(Site site) => _captures.Contains(site);

    public Tensor Edit(Site site, Tensor states) => _edits.Apply(site, states);

    public void Observe(Site site, Tensor states) => Observe(site, states, []);

    /// <summary>Keeps what was asked for.</summary>
    /// <param name="site">The site.</param>
    /// <param name="states">Its states.</param>
    /// <param name="pooled">What was pooled of them already, and what is pooled now.</param>
    public void Observe(Site site, Tensor states, Dictionary<SiteCapture, RowStates> pooled)
    {
        foreach (var capture in _captures[site])
        {
            _states[capture] = pooled.TryGetValue(capture, out var same)
                ? same with { Values = same.Values.alias().DetachFromDisposeScope() }
                : pooled[capture] = Pool(states, _selection.Of(capture), capture.Pooling.Reduction);
        }
    }

    public bool WantsPattern(Tower tower, int layer) => _patterns.Contains((tower, layer));

    public void ObservePattern(Tower tower, int layer, Tensor pattern) => _keptPatterns[(tower, layer)] = pattern.alias().DetachFromDisposeScope();

    /// <summary>Hands over what was kept.</summary>
    public ForwardResult Result(RowStates? logits) => new(_states, _keptPatterns, logits);

    private static RowStates Pool(Tensor states, SelectedTokens tokens, Reduction reduction)
    {
        using var scope = NewDisposeScope();
        using var indices = tokens.Indices(states.device);
        var chosen = states.flatten(0, -2).index_select(0, indices);                                      // [vectors, D]
        if (reduction == Reduction.None)
        {
            return new RowStates(chosen.DetachFromDisposeScope(), tokens.Counts);
        }

        // A row is reduced by itself, so that it does not depend on the rows beside it.
        var rows = chosen.to_type(ScalarType.Float32).split([.. tokens.Counts.Select(count => (long)count)]);
        var pooled = stack(rows.Select(row => reduction == Reduction.Mean ? row.mean([0]) : row.amax([0])));
        return new RowStates(pooled.DetachFromDisposeScope(), [.. tokens.Counts.Select(_ => 1)]);
    }
}
