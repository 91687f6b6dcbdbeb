using System.Collections.Immutable;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// A tower's layers for several requests over the same embeddings: what they begin with in common is computed once, and they part at the first layer in which
/// they differ. Where the beginnings of rows are computed apart, requests that do the same to these share them, and part in what follows alone. A state lives
/// until the last request has gone on from it. Behind the last layer only what is read is computed.
/// </summary>
/// <param name="layers">The tower's layers.</param>
/// <param name="tower">The tower.</param>
/// <param name="context">What a layer needs, by its index, for an observer and the edges; and whether it is about beginnings.</param>
/// <param name="keep">Which states to hand over at the end: 0 for the embeddings, i for what layer i - 1 leaves.</param>
internal sealed class SharedLayers(
    IReadOnlyList<TransformerLayer> layers, Tower tower, Func<int, IStateObserver, MaskedLayer, bool, LayerContext> context, IReadOnlySet<int> keep)
{
    /// <summary>Is shown what the last layer of some requests leaves, of rows or of their beginnings (which come first); it is freed afterwards.</summary>
    public Action<IReadOnlyList<TowerRun>, Tensor, bool> Shown { get; init; } = (_, _, _) => { };

    /// <summary>Is given requests that end together and the states kept on the way, which are freed afterwards.</summary>
    public Action<IReadOnlyList<TowerRun>, IReadOnlyDictionary<int, Tensor>> Ended { get; init; } = (_, _) => { };

    /// <summary>How rows attend to beginnings that are computed apart.</summary>
    public PrefixSharing? Sharing { get; init; }

    /// <param name="runs">The requests.</param>
    /// <param name="embeddings">Those of the rows or tiles, [rows, tokens, D].</param>
    /// <param name="prefixes">Those of the rows' beginnings, [beginnings, tokens, D]; null: rows are whole.</param>
    public void Run(IReadOnlyList<TowerRun> runs, Tensor embeddings, Tensor? prefixes = null) =>
        Run(new Node(prefixes, [new Branch([.. runs], embeddings)]), stage: 0, ImmutableDictionary<int, Tensor>.Empty);

    // Stage 0 is the embeddings, stage i layer i - 1; a node's states are those before it.
    private void Run(Node node, int stage, ImmutableDictionary<int, Tensor> kept)
    {
        using var scope = NewDisposeScope();
        for (; ; stage++)
        {
            var passed = stage - 1;
            if (passed >= 0)
            {
                // Only vision towers hand states over, and their tiles are whole.
                kept = keep.Contains(passed) ? kept.SetItem(passed, node.Branches[0].States.alias()) : kept;
                node = End(node, passed, kept);
            }

            if (node.Branches.IsEmpty)
            {
                node.Free();
                return;
            }

            var parts = Parts(node, stage);
            if (stage == layers.Count && stage > 0)
            {
                foreach (var part in parts)
                {
                    Finish(part, kept);
                }

                node.Free();
                return;
            }

            foreach (var part in parts[..^1])
            {
                Run(Next(part, stage), stage + 1, kept);
            }

            var next = Next(parts[^1], stage);
            node.Free();
            node = next;
        }
    }

    /// <summary>Lets go of the requests that end here.</summary>
    private Node End(Node node, int passed, ImmutableDictionary<int, Tensor> kept)
    {
        TowerRun[] ended = [.. node.Runs.Where(run => run.LayerCount == passed)];
        if (ended.Length == 0)
        {
            return node;
        }

        foreach (var branch in node.Branches)
        {
            if (branch.Runs.Where(ended.Contains).ToArray() is { Length: > 0 } here)
            {
                Shown(here, branch.States, false);
            }
        }

        Ended(ended, kept);
        return node with { Branches = [.. node.Branches.Select(branch => branch with { Runs = [.. branch.Runs.Except(ended)] }).Where(branch => !branch.Runs.IsEmpty)] };
    }

    /// <summary>Requests that do the same at a stage: to the beginnings, or to rows where these are whole.</summary>
    private static Node[] Parts(Node node, int stage) =>
    [
        .. node.Runs.GroupBy(run => Way(run, ofPrefixes: node.Prefixes is not null).Marks[stage], StringComparer.Ordinal)
            .Select(part => node with
            {
                Branches =
                [
                    .. from branch in node.Branches
                       from alike in branch.Runs.Intersect(part).GroupBy(run => run.Marks[stage], StringComparer.Ordinal)
                       select branch with { Runs = [.. alike] },
                ],
            }),
    ];

    private Node Next(Node part, int stage)
    {
        using var keys = Keys(part, stage);
        var prefixes = part.Prefixes is null ? null : Step(part.Runs, part.Prefixes, stage, keys, ofPrefixes: true);
        return new Node(prefixes, [.. part.Branches.Select(branch => branch with { States = Step(branch.Runs, branch.States, stage, keys, ofPrefixes: false) })]);
    }

    /// <summary>The last layer. Requests that read different tokens of the same states go through it by themselves, so that none depends on another.</summary>
    private void Finish(Node part, ImmutableDictionary<int, Tensor> kept)
    {
        using var scope = NewDisposeScope();
        using var keys = Keys(part, layers.Count);
        if (part.Prefixes is not null)
        {
            Show(part.Runs, part.Prefixes, ofPrefixes: true);
        }

        foreach (var branch in part.Branches)
        {
            var last = Show(branch.Runs, branch.States, ofPrefixes: false);
            kept = keep.Contains(layers.Count) ? kept.SetItem(layers.Count, last) : kept;
        }

        Ended([.. part.Runs], kept);

        Tensor Show(ImmutableArray<TowerRun> runs, Tensor states, bool ofPrefixes)
        {
            Tensor? last = null;
            foreach (var (alike, needed) in ByNeed(runs, states, ofPrefixes))
            {
                last?.Dispose();
                last = Step(alike, states, layers.Count, keys, ofPrefixes, needed);
                Shown(alike, last, ofPrefixes);
            }

            return last!;
        }
    }

    private IEnumerable<(ImmutableArray<TowerRun> Runs, NeededTokens? Needed)> ByNeed(ImmutableArray<TowerRun> runs, Tensor states, bool ofPrefixes)
    {
        if (keep.Contains(layers.Count) || Way(runs[0], ofPrefixes).Mask.Edges(layers.Count - 1).Replaced is not null)
        {
            return [(runs, null)];
        }

        return runs.Select(run => (Run: run, Read: Way(run, ofPrefixes).Observer.ReadBehind(tower, layers.Count - 1)?.Distinct().Order().ToImmutableArray()))
            .GroupBy(one => one.Read is { } read ? string.Join(' ', read) : "all", StringComparer.Ordinal)
            .Select(alike => (alike.Select(one => one.Run).ToImmutableArray(), alike.First().Read is { } read ? NeededTokens.Of(read, (int)states.shape[0], (int)states.shape[1]) : null));
    }

    private PrefixKeys? Keys(Node part, int stage) => part.Prefixes is null || stage == 0 ? null : new PrefixKeys(Sharing!);

    private static TowerRun Way(TowerRun run, bool ofPrefixes) => ofPrefixes ? run.Prefix! : run;

    private Tensor Step(ImmutableArray<TowerRun> runs, Tensor states, int stage, PrefixKeys? keys, bool ofPrefixes, NeededTokens? needed = null)
    {
        var observer = SharedCollector.Of([.. runs.Select(run => Way(run, ofPrefixes).Observer)]);
        if (stage > 0)
        {
            return layers[stage - 1].Forward(states, context(stage - 1, observer, Way(runs[0], ofPrefixes).Mask.Edges(stage - 1), ofPrefixes) with
            {
                KeptKeys = ofPrefixes ? keys : null,
                Prefix = ofPrefixes ? null : keys,
                Needed = needed,
            });
        }

        var passed = observer.Pass(Site.Embeddings(tower), states);
        return ReferenceEquals(passed, states) ? states.alias() : passed;
    }

    /// <summary>Requests with the same rows so far, and their states.</summary>
    private sealed record Branch(ImmutableArray<TowerRun> Runs, Tensor States);

    /// <summary>Requests with the same beginnings so far, or with the same whole rows, which are one branch then.</summary>
    private sealed record Node(Tensor? Prefixes, ImmutableArray<Branch> Branches)
    {
        public ImmutableArray<TowerRun> Runs => [.. Branches.SelectMany(branch => branch.Runs)];

        public void Free()
        {
            Prefixes?.Dispose();
            foreach (var branch in Branches)
            {
                branch.States.Dispose();
            }
        }
    }
}
