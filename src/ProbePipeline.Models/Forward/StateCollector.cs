using System.Collections.Immutable;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Pools the states that a forward comes past and keeps the result: [vectors, width] a capture, never every token of every layer.</summary>
internal sealed class StateCollector : IPoolingObserver
{
    private readonly TokenSelection _selection;
    private readonly TokenSelection? _prefixSelection;
    private readonly ForwardRequest _request;
    private readonly StateEdits _edits;
    private readonly StateEdits? _prefixEdits;
    private readonly ILookup<Site, SiteCapture> _captures;
    private readonly HashSet<(Tower, int)> _patterns;
    private readonly Dictionary<SiteCapture, RowStates> _states = [];
    private readonly Dictionary<SiteCapture, Tensor> _ofPrefixes = [];
    private readonly Dictionary<(Tower, int), Tensor> _keptPatterns = [];
    private Tensor? _lastOfPrefixes;

    /// <param name="selection">The tokens of the rows.</param>
    /// <param name="request">What to keep.</param>
    /// <param name="edits">What to change.</param>
    /// <param name="prefixSelection">The tokens of the rows' beginnings in the decoder, where these are computed apart; null: they are not.</param>
    public StateCollector(TokenSelection selection, ForwardRequest request, StateEdits edits, TokenSelection? prefixSelection = null)
    {
        (_selection, _prefixSelection, _request, _edits) = (selection, prefixSelection, request, edits);
        _prefixEdits = prefixSelection is null ? null : new StateEdits(prefixSelection, request.Edits, after: selection);
        _captures = request.Captures.Distinct().ToLookup(capture => capture.Site);
        _patterns = [.. request.Patterns];
    }

    public bool Wants(Site site) => _captures.Contains(site);

    public Tensor Edit(Site site, Tensor states) => _edits.Apply(site, states);

    /// <summary>The same for the states of beginnings.</summary>
    public Tensor EditPrefixes(Site site, Tensor states) => _prefixEdits!.Apply(site, states);

    public void Observe(Site site, Tensor states) => Observe(site, states, []);

    public void Observe(Site site, Tensor states, Dictionary<SiteCapture, RowStates> pooled)
    {
        foreach (var capture in _captures[site])
        {
            if (!IsParted(site))
            {
                Keep(capture, pooled, () => RowPooling.Pool(RowPooling.Gather(states, _selection.Of(capture)), _selection.Of(capture).Counts, capture.Pooling.Reduction));
                continue;
            }

            var (before, own) = Parts(capture);
            if (own.IsEmpty)
            {
                continue;
            }

            Keep(capture, pooled, () =>
            {
                var chosen = RowPooling.Gather(states, own);
                return before.IsEmpty
                    ? RowPooling.Pool(chosen, own.Counts, capture.Pooling.Reduction)
                    : RowPooling.Pool(RowPooling.Joined(_ofPrefixes[capture], before.Counts, chosen, own.Counts), Sums(before, own), capture.Pooling.Reduction);
            });
        }
    }

    /// <summary>The same for the states of beginnings: what a capture reads of rows as well waits for these.</summary>
    public void ObservePrefixes(Site site, Tensor states, Dictionary<SiteCapture, RowStates> pooled)
    {
        foreach (var capture in _captures[site])
        {
            var (before, own) = Parts(capture);
            if (before.IsEmpty)
            {
                continue;
            }

            if (own.IsEmpty)
            {
                Keep(capture, pooled, () => RowPooling.Pool(RowPooling.Gather(states, before), before.Counts, capture.Pooling.Reduction));
            }
            else
            {
                using var scope = NewDisposeScope();
                _ofPrefixes[capture] = RowPooling.Gather(states, before).DetachFromDisposeScope();
            }
        }
    }

    public bool WantsPattern(Tower tower, int layer) => _patterns.Contains((tower, layer));

    public void ObservePattern(Tower tower, int layer, Tensor pattern) => _keptPatterns[(tower, layer)] = pattern.alias().DetachFromDisposeScope();

    public IEnumerable<long>? ReadBehind(Tower tower, int layer) => ReadBehind(tower, layer, capture => IsParted(capture.Site) ? Parts(capture).Own : _selection.Of(capture), ofPrefixes: false);

    /// <summary>The same of the states of beginnings.</summary>
    public IEnumerable<long>? ReadOfPrefixesBehind(int layer) => ReadBehind(Tower.Language, layer, capture => Parts(capture).Before, ofPrefixes: true);

    /// <summary>The states at which logits are asked for, [vectors, D], and how many each row has; null: at none.</summary>
    /// <param name="last">What the last layer leaves of the rows.</param>
    public (Tensor States, ImmutableArray<int> Counts)? ForLogits(Tensor last)
    {
        if (_request.LogitsAt is not { } wanted)
        {
            return null;
        }

        var (before, own) = LogitParts(wanted);
        var chosen = RowPooling.Gather(last, own);
        return _lastOfPrefixes is null ? (chosen, own.Counts) : (RowPooling.Joined(_lastOfPrefixes, before!.Counts, chosen, own.Counts), Sums(before, own));
    }

    /// <summary>Keeps the states of beginnings at which logits are asked for, until the rows' own are there.</summary>
    public void ForLogitsOfPrefixes(Tensor last)
    {
        if (_request.LogitsAt is { } wanted && LogitParts(wanted).Before is { IsEmpty: false } before)
        {
            using var scope = NewDisposeScope();
            _lastOfPrefixes = RowPooling.Gather(last, before).DetachFromDisposeScope();
        }
    }

    /// <summary>Hands over what was kept.</summary>
    public ForwardResult Result(RowStates? logits)
    {
        foreach (var waiting in _ofPrefixes.Values)
        {
            waiting.Dispose();
        }

        _lastOfPrefixes?.Dispose();
        return new(_states, _keptPatterns, logits);
    }

    private IEnumerable<long>? ReadBehind(Tower tower, int layer, Func<SiteCapture, SelectedTokens> selected, bool ofPrefixes)
    {
        Site[] inside = [Site.AttentionIn(tower, layer), Site.AttentionOut(tower, layer), Site.MlpOut(tower, layer)];
        Site[] behind = [Site.ResidualPost(tower, layer), Site.FinalNorm(tower)];
        if (WantsPattern(tower, layer) || inside.Any(Wants) || (tower == Tower.Vision && Wants(Site.Pooled)) || _edits.At([.. inside, .. behind]).Any())
        {
            return null;
        }

        var captured = behind.SelectMany(site => _captures[site]).SelectMany(capture => selected(capture).Flat);
        return tower == Tower.Language && _request.LogitsAt is { } wanted ? captured.Concat((ofPrefixes ? LogitParts(wanted).Before! : LogitParts(wanted).Own).Flat) : captured;
    }

    private (SelectedTokens? Before, SelectedTokens Own) LogitParts(TokenSet wanted)
    {
        if (_prefixSelection is null)
        {
            return (null, _selection.InLanguage(wanted, mayBeEmpty: false));
        }

        return NoneEmpty($"logits ({wanted})", _prefixSelection.InLanguage(wanted, mayBeEmpty: true), _selection.InLanguage(wanted, mayBeEmpty: true));
    }

    private bool IsParted(Site site) => _prefixSelection is not null && site.Tower == Tower.Language && site.Kind != SiteKind.Projector;

    /// <summary>What a capture reads of the rows' beginnings and of the rest.</summary>
    private (SelectedTokens Before, SelectedTokens Own) Parts(SiteCapture capture) =>
        NoneEmpty($"{capture}", _prefixSelection!.Of(capture, mayBeEmpty: true), _selection.Of(capture, mayBeEmpty: true));

    private static (SelectedTokens Before, SelectedTokens Own) NoneEmpty(string what, SelectedTokens before, SelectedTokens own)
    {
        var empty = Sums(before, own).IndexOf(0);
        return empty < 0 ? (before, own) : throw TokenSelection.Nothing(what, empty);
    }

    private static ImmutableArray<int> Sums(SelectedTokens before, SelectedTokens own) => [.. before.Counts.Zip(own.Counts, (one, other) => one + other)];

    private void Keep(SiteCapture capture, Dictionary<SiteCapture, RowStates> pooled, Func<RowStates> pool)
    {
        using var scope = NewDisposeScope();
        _states[capture] = pooled.TryGetValue(capture, out var same) ? same with { Values = same.Values.alias().DetachFromDisposeScope() } : pooled[capture] = pool();
    }
}
