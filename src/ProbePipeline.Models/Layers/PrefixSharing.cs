using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Layers;

/// <summary>
/// Which prompts begin alike, and how what follows in them attends to their common beginning without a copy of it for each: prompts with one beginning stand side
/// by side as queries of one sequence, each closed to what follows in the others. It owns the masks that it makes.
/// U: beginnings, n: prompts with one, C: tokens of a beginning, Q: tokens that follow, h: heads or 1.
/// </summary>
internal sealed class PrefixSharing : IDisposable
{
    private readonly ImmutableArray<int> _slots;
    private readonly ImmutableArray<int> _shifts;
    private readonly Dictionary<(Group Group, Tensor Mask, NeededTokens? Needed), Tensor> _masks = [];
    private readonly long[]? _order;
    private readonly int _length;

    /// <param name="length">C</param>
    /// <param name="slots">For every prompt its beginning.</param>
    /// <param name="shifts">For every prompt by how many positions its beginning lies further to the right than the common one.</param>
    public PrefixSharing(int length, ImmutableArray<int> slots, ImmutableArray<int> shifts)
    {
        (_length, _slots, _shifts) = (length, slots, shifts);
        Groups =
        [
            .. slots.Index().GroupBy(row => row.Item, row => row.Index).GroupBy(rows => rows.Count())
                .Select(alike => new Group([.. alike.Select(rows => rows.Key)], [.. alike.SelectMany(rows => rows)], alike.Key, slots.Distinct().Count(), slots.Length)),
        ];
        var rows = Groups.SelectMany(group => group.Rows).ToArray();
        var places = new long[rows.Length];
        foreach (var (place, row) in rows.Index())
        {
            places[row] = place;
        }

        _order = places.Index().All(place => place.Index == place.Item) ? null : places;
    }

    /// <summary>Beginnings with as many prompts go together.</summary>
    public ImmutableArray<Group> Groups { get; }

    /// <summary>What belongs to the prompts of all groups, as the prompts stand in the batch.</summary>
    public Tensor InOrder(Tensor[] parts)
    {
        var joined = parts.Length == 1 ? parts[0] : cat(parts, 0);
        return _order is null ? joined : joined.index_select(0, tensor(_order, device: joined.device));
    }

    /// <summary>A mask over every prompt's own positions as one over the common beginnings: [B or 1, h, Q, C + Q] -> [U, h, n * Q, C + n * Q].</summary>
    /// <param name="group">The group.</param>
    /// <param name="mask">The mask of all prompts.</param>
    /// <param name="needed">Which of its queries are computed; null: all.</param>
    public Tensor Mask(Group group, Tensor mask, NeededTokens? needed)
    {
        if (!_masks.TryGetValue((group, mask, needed), out var made))
        {
            using var scope = NewDisposeScope();
            var chosen = needed is null ? mask : needed.OfQueries(mask);
            _masks[(group, mask, needed)] = made = Make(group, chosen.shape[0] == 1 ? chosen.expand(_shifts.Length, -1, -1, -1) : chosen).DetachFromDisposeScope();
        }

        return made;
    }

    /// <summary>What belongs to beginnings, [U, H, C, d], once for every prompt at its own positions: [B, H, C, d]. What stands at padding means nothing.</summary>
    public Tensor OfPrompts(Tensor beginnings)
    {
        var chosen = beginnings.index_select(0, tensor(_slots.Select(slot => (long)slot).ToArray(), device: beginnings.device));
        if (_shifts.All(shift => shift == 0))
        {
            return chosen;
        }

        var places = _shifts.SelectMany(shift => Enumerable.Range(0, _length).Select(position => (long)Math.Max(0, position - shift))).ToArray();
        return chosen.gather(2, tensor(places, device: chosen.device).view(-1, 1, _length, 1).expand(chosen.shape));
    }

    public void Dispose()
    {
        foreach (var mask in _masks.Values)
        {
            mask.Dispose();
        }
    }

    private Tensor Make(Group group, Tensor mask)
    {
        var (heads, queries, following) = (mask.shape[1], mask.shape[2], mask.shape[3] - _length);
        var (count, each) = (group.Slots.Length, group.Each);
        var beginnings = stack(group.Rows.Select(row => Shifted(mask.select(0, row).narrow(-1, 0, _length), _shifts[row])))   // [U * n, h, Q, C]
            .view(count, each, heads, queries, _length).transpose(1, 2).flatten(2, 3);                                        // [U, h, n * Q, C]
        var own = stack(group.Rows.Select(row => mask.select(0, row).narrow(-1, _length, following))).view(count, each, heads, queries, following);
        var rest = zeros([count, heads, each, queries, each, following], dtype: ScalarType.Bool, device: mask.device);
        for (var prompt = 0; prompt < each; prompt++)
        {
            rest.select(2, prompt).select(3, prompt).copy_(own.select(1, prompt));
        }

        return cat([beginnings, rest.flatten(4, 5).flatten(2, 3)], -1);                                                       // [U, h, n * Q, C + n * Q]
    }

    // What a prompt has computed itself of its beginning stands among what follows; at the end of the common one it is closed.
    private Tensor Shifted(Tensor mask, int shift) =>
        shift == 0 ? mask : cat([mask.narrow(-1, shift, _length - shift), zeros([mask.shape[0], mask.shape[1], shift], dtype: ScalarType.Bool, device: mask.device)], -1);

    /// <summary>Beginnings with as many prompts each.</summary>
    internal sealed class Group
    {
        private readonly long[]? _slots;
        private readonly long[]? _rows;

        public Group(ImmutableArray<int> slots, ImmutableArray<int> rows, int each, int allSlots, int allRows)
        {
            (Slots, Rows, Each) = (slots, rows, each);
            _slots = Choice(slots, allSlots);
            _rows = Choice(rows, allRows);
        }

        public ImmutableArray<int> Slots { get; }

        /// <summary>Their prompts, those of one beginning one after another.</summary>
        public ImmutableArray<int> Rows { get; }

        /// <summary>Prompts a beginning, n.</summary>
        public int Each { get; }

        /// <summary>Keys or values of the group's beginnings, [all beginnings, H, C, d] -> [U, H, C, d].</summary>
        public Tensor Of(Tensor beginnings) => Chosen(beginnings, _slots);

        /// <summary>[B, H, Q, d] -> [U, H, n * Q, d]</summary>
        public Tensor Together(Tensor following)
        {
            var chosen = Chosen(following, _rows);
            return Each == 1 ? chosen : chosen.view(Slots.Length, Each, chosen.shape[1], chosen.shape[2], -1).transpose(1, 2).flatten(2, 3);
        }

        /// <summary>[U, H, n * Q, d] -> [U * n, H, Q, d]</summary>
        public Tensor Apart(Tensor together) =>
            Each == 1 ? together : together.view(Slots.Length, together.shape[1], Each, together.shape[2] / Each, -1).transpose(1, 2).flatten(0, 1);

        private static long[]? Choice(ImmutableArray<int> chosen, int all) =>
            chosen.Length == all && chosen.Index().All(one => one.Index == one.Item) ? null : [.. chosen.Select(one => (long)one)];

        private static Tensor Chosen(Tensor all, long[]? chosen) => chosen is null ? all : all.index_select(0, tensor(chosen, device: all.device));
    }
}
