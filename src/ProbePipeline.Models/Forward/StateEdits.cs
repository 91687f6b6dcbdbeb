using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>What a request changes on the way, on the tokens of one batch.</summary>
/// <param name="selection">The tokens.</param>
/// <param name="edits">The edits.</param>
/// <param name="before">The tokens of the rows' beginnings, where these are computed apart and <paramref name="selection"/> is about what follows.</param>
/// <param name="after">The tokens that follow, where <paramref name="selection"/> is about beginnings.</param>
internal sealed class StateEdits(TokenSelection selection, IEnumerable<StateEdit> edits, TokenSelection? before = null, TokenSelection? after = null)
{
    private readonly ILookup<Site, StateEdit> _edits = edits.ToLookup(edit => edit.Site);

    /// <summary>What is changed at some sites, in order.</summary>
    public IEnumerable<StateEdit> At(params IEnumerable<Site> sites) => sites.SelectMany(site => _edits[site]);

    /// <summary>The states of a site as everything behind it sees them; the same tensor where nothing is changed.</summary>
    public Tensor Apply(Site site, Tensor states) => _edits[site].Aggregate(states, (current, edit) => Apply(edit, current));

    private Tensor Apply(StateEdit edit, Tensor states)
    {
        var tokens = selection.Of(edit);
        if (tokens.Flat.IsEmpty)
        {
            return states;
        }

        using var scope = NewDisposeScope();
        var indices = tokens.Indices(states.device);
        var flat = states.flatten(0, -2);                                             // [..., D] -> [tokens of all rows, D]
        var changed = edit switch
        {
            StateErasure erasure => erasure.Edit.Apply(flat.index_select(0, indices)),
            StatePatch patch => Donated(patch, tokens.Counts, CountsIn(before, edit), CountsIn(after, edit), states.device),
            _ => throw new ArgumentException($"There is no such edit: {edit}.", nameof(edit)),
        };
        return flat.index_copy(0, indices, changed.to_type(states.dtype)).view(states.shape).MoveToOuterDisposeScope();
    }

    private static ImmutableArray<int>? CountsIn(TokenSelection? part, StateEdit edit) => part is null || edit.Site.Kind == SiteKind.Projector || edit.Site.Tower == Tower.Vision ? null : part.Of(edit).Counts;

    // The donor's states of these tokens: of a row's in all, those behind the ones that lie before.
    private static Tensor Donated(StatePatch patch, ImmutableArray<int> counts, ImmutableArray<int>? before, ImmutableArray<int>? after, Device device)
    {
        var donor = patch.Donor;
        if (donor.Counts.Length != counts.Length)
        {
            throw new NetworkInputException($"{patch}: expected donor states of the batch's {counts.Length} rows; found {donor.Counts.Length} rows");
        }

        var chosen = new List<long>();
        var first = 0L;
        foreach (var (row, (count, there)) in counts.Zip(donor.Counts).Index())
        {
            var (skipped, here) = (before?[row] ?? 0, count + (before?[row] ?? 0) + (after?[row] ?? 0));
            if (there != (patch.Spread ? 1 : here))
            {
                throw new NetworkInputException(patch.Spread
                    ? $"{patch}, row {row}: expected one donor state for all of the row's tokens; found {there}"
                    : $"{patch}, row {row}: expected a donor state for each of the row's {here} tokens; found {there}; take the donor from a row with as many, or its mean");
            }

            chosen.AddRange(Enumerable.Range(0, count).Select(token => patch.Spread ? first : first + skipped + token));
            first += there;
        }

        return donor.Values.to(device).index_select(0, tensor(chosen.ToArray(), device: device));
    }
}
