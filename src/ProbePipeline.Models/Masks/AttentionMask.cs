using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Masks;

/// <summary>
/// The one place where blocks become masks. A mask is boolean, true at (q, k) where query q may attend to key k;
/// shape [rows or 1, heads or 1, queries, keys]. Masks are made once a batch and shared by the layers that have the same blocks.
/// Blocks that replace keys take their edges away from what is open, too.
/// </summary>
internal sealed class AttentionMask : IDisposable
{
    private readonly (string Cuts, MaskedLayer Mask)[] _layers;
    private readonly bool _owned;

    private AttentionMask((string Cuts, MaskedLayer Mask)[] layers, bool owned) => (_layers, _owned) = (layers, owned);

    /// <summary>Layers of the tower.</summary>
    public int LayerCount => _layers.Length;

    /// <summary>The mask of a layer, true where a query sees a token itself; null where every query may attend to every key.</summary>
    public Tensor? this[int layer] => _layers[layer].Mask.Open;

    /// <summary>The edges of a layer, those included at which keys are replaced.</summary>
    public MaskedLayer Edges(int layer) => _layers[layer].Mask;

    /// <summary>Whether keys are replaced in any layer.</summary>
    public bool Replaces => _layers.Any(layer => layer.Mask.Replaced is not null);

    /// <summary>What is cut in a layer, as text: in two layers of one tower, or in one layer under two conditions, the same is cut where it is equal.</summary>
    public string Cuts(int layer) => _layers[layer].Cuts;

    /// <summary>Masks for every layer of a tower.</summary>
    /// <param name="tower">The tower: blocks of the other one are passed over.</param>
    /// <param name="shape">The tower's attention.</param>
    /// <param name="sequences">The tokens of every row, all of one length.</param>
    /// <param name="blocks">What is cut.</param>
    /// <param name="firstQuery">Position of the first query: 0 for a whole forward, the last position for a cached step.</param>
    /// <param name="device">Where the masks are used.</param>
    /// <param name="shared">Keeps masks of the same tower and sequences, and owns them; null: these masks belong to what is returned.</param>
    /// <exception cref="MaskException">A block names what does not exist, or a query is left without a key.</exception>
    public static AttentionMask Build(
        Tower tower, AttentionShape shape, IReadOnlyList<TokenSequence> sequences, IReadOnlyList<AttentionBlock> blocks, int firstQuery, Device device,
        SharedMasks? shared = null)
    {
        using var scope = NewDisposeScope();
        var cuts = blocks.Where(block => block.Tower == tower).Select(block => new Cut(block, shape)).ToArray();
        var made = shared?.Made ?? [];
        var layers = new (string Cuts, MaskedLayer Mask)[shape.LayerWindows.Count];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var active = cuts.Where(cut => cut.Layers.Contains(layer)).ToArray();
            var key = $"{shape.LayerWindows[layer]}|{string.Join(" | ", active.Select(cut => cut.Text))}";
            if (!made.TryGetValue(key, out var mask))
            {
                Cut[] closing = [.. active.Where(cut => cut.Block.Means is null)];
                var allowed = Allowed(shape, sequences, closing, firstQuery, shape.LayerWindows[layer]);
                RefuseQueryWithoutKey(allowed, sequences, closing, firstQuery, tower, layer);
                (Tensor, KeyMeans)[] replaced = [.. active.Except(closing).Select(cut => (cut.Edges(sequences, firstQuery), cut.Block.Means!))];
                made[key] = mask = new MaskedLayer(allowed?.to(device).DetachFromDisposeScope(), replaced.Length == 0 ? null : ReplacedEdges.Of(allowed, replaced, device))
                {
                    IsCausal = shape is { Causal: true, HasBidirectionalPrefix: false } && shape.LayerWindows[layer] is null && active.Length == 0 && firstQuery == 0
                        && sequences.All(sequence => sequence.Padding == 0),
                };
            }

            layers[layer] = (key, mask);
        }

        return new AttentionMask(layers, owned: shared is null);
    }

    public void Dispose()
    {
        foreach (var mask in _owned ? _layers.Select(layer => layer.Mask).Distinct<MaskedLayer>(ReferenceEqualityComparer.Instance) : [])
        {
            mask.Dispose();
        }
    }

    private static Tensor? Allowed(AttentionShape shape, IReadOnlyList<TokenSequence> sequences, Cut[] cuts, int firstQuery, int? window)
    {
        var keys = sequences[0].Length;
        Tensor? allowed = null;
        if (shape.Causal)
        {
            var (q, k) = (Positions(firstQuery, keys).unsqueeze(1), Positions(0, keys).unsqueeze(0));
            allowed = (k <= q).unsqueeze(0);                                          // [1, Q, K]
            if (window is { } size)
            {
                allowed &= k > Positions(firstQuery - size, keys - size).unsqueeze(1);
            }

            if (shape.HasBidirectionalPrefix)
            {
                var prefix = tensor(sequences.Select(sequence => (long)sequence.PromptEnd).ToArray()).view(-1, 1, 1);
                allowed = allowed | ((q < prefix) & (k < prefix));                    // [B, Q, K]
            }

            if (sequences.Any(sequence => sequence.Padding > 0))
            {
                // Padding is no key for anybody but itself: its states stay finite, and nothing reads them.
                var padding = stack(sequences.Select(sequence => Padding(sequence, 0)));  // [B, K]
                allowed = (allowed & ~padding.unsqueeze(1)) | (padding.unsqueeze(1) & (q == k));  // [B, Q, K]
            }

            allowed = allowed.unsqueeze(1);                                           // [B or 1, 1, Q, K]
        }

        foreach (var cut in cuts)
        {
            var kept = ~cut.Edges(sequences, firstQuery);
            allowed = allowed is null ? kept : allowed & kept;
        }

        return allowed;
    }

    // [last - first]; made of numbers that are there, since a native range is made of ones that the garbage collector may free too early.
    private static Tensor Positions(int first, int last) => tensor(Enumerable.Range(first, last - first).Select(position => (long)position).ToArray());

    // [S - first]
    private static Tensor Padding(TokenSequence sequence, int first) => tensor(Enumerable.Range(first, sequence.Length - first).Select(position => position < sequence.Padding).ToArray());

    private static void RefuseQueryWithoutKey(
        Tensor? allowed, IReadOnlyList<TokenSequence> sequences, Cut[] cuts, int firstQuery, Tower tower, int layer)
    {
        if (allowed is null || cuts.Length == 0)
        {
            return;
        }

        var empty = ~allowed.any(-1);                                                 // [B or 1, H or 1, Q]
        var padding = stack(sequences.Select(sequence => Padding(sequence, firstQuery))).unsqueeze(1);
        empty = empty & ~padding;
        if (empty.any().item<bool>())
        {
            var first = empty.nonzero()[0].data<long>().ToArray();
            throw new MaskException(
                $"row {sequences[(int)first[0]].Row}, {(tower == Tower.Vision ? "vision" : "language")} layer {layer}, head {first[1]}: the token at position {first[2] + firstQuery} "
                + $"has no key left after [{string.Join("; ", cuts.Select(cut => cut.Block))}]; leave it a key, for example itself (keepSelf)");
        }
    }

    /// <summary>A block whose layers and heads are known to exist.</summary>
    private sealed class Cut
    {
        private readonly AttentionShape _shape;

        public Cut(AttentionBlock block, AttentionShape shape)
        {
            _shape = shape;
            Block = block;
            try
            {
                Layers = [.. block.Layers.Resolve(shape.LayerWindows.Count)];
            }
            catch (MaskException error)
            {
                throw new MaskException($"[{block}]: {error.Message}", error);
            }

            foreach (var head in (block.Heads ?? []).Where(head => head < 0 || head >= shape.HeadCount))
            {
                throw new MaskException($"[{block}]: head {head} does not exist: the tower has {shape.HeadCount} heads, 0 to {shape.HeadCount - 1}");
            }

            if (block.Heads is { IsEmpty: true })
            {
                throw new MaskException($"[{block}]: no head is named; leave heads out to cut all {shape.HeadCount}");
            }
        }

        public AttentionBlock Block { get; }

        public HashSet<int> Layers { get; }

        /// <summary>What is cut in a layer that is chosen: blocks that are written alike cut alike.</summary>
        public string Text =>
            $"{TokenSetText.Write(Block.From)} to {TokenSetText.Write(Block.To)}, heads {(Block.Heads is { } heads ? string.Join(' ', heads) : "all")}, {Block.KeepSelf} {Block.Means?.Hash}";

        /// <summary>True where the block cuts: [rows or 1, heads or 1, queries, keys].</summary>
        public Tensor Edges(IReadOnlyList<TokenSequence> sequences, int firstQuery)
        {
            var from = Membership(sequences, sequence => sequence.Queries(Block.From)[firstQuery..]);   // [B or 1, Q]
            var to = Membership(sequences, sequence => sequence.Members(Block.To));                     // [B or 1, K]
            var edges = from.unsqueeze(2) & to.unsqueeze(1);                                            // [B or 1, Q, K]
            if (Block.KeepSelf)
            {
                var keys = sequences[0].Length;
                edges &= Positions(firstQuery, keys).unsqueeze(1) != Positions(0, keys).unsqueeze(0);
            }

            edges = edges.unsqueeze(1);                                                                 // [B or 1, 1, Q, K]
            if (Block.Heads is { } heads)
            {
                var chosen = zeros(_shape.HeadCount, ScalarType.Bool);
                foreach (var head in heads)
                {
                    chosen[head] = true;
                }

                edges = edges & chosen.view(1, -1, 1, 1);                                               // [B or 1, H, Q, K]
            }

            return edges;
        }

        /// <summary>[rows, positions], or [1, positions] where every row has the same.</summary>
        private Tensor Membership(IReadOnlyList<TokenSequence> sequences, Func<TokenSequence, bool[]> members)
        {
            var rows = new List<bool[]>(sequences.Count);
            for (var row = 0; row < sequences.Count; row++)
            {
                try
                {
                    rows.Add(members(sequences[row]));
                }
                catch (MaskException error)
                {
                    throw new MaskException($"[{Block}], row {sequences[row].Row}: {error.Message}", error);
                }
            }

            var distinct = rows.TrueForAll(row => row.AsSpan().SequenceEqual(rows[0])) ? rows[..1] : rows;
            return stack(distinct.Select(row => tensor(row)));
        }
    }
}
