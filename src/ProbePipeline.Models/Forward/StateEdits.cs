using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>What a request changes on the way, on the tokens of one batch.</summary>
internal sealed class StateEdits(TokenSelection selection, IEnumerable<StateEdit> edits)
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
            StatePatch patch => Donated(patch, tokens, states.device),
            _ => throw new ArgumentException($"There is no such edit: {edit}.", nameof(edit)),
        };
        return flat.index_copy(0, indices, changed.to_type(states.dtype)).view(states.shape).MoveToOuterDisposeScope();
    }

    private static Tensor Donated(StatePatch patch, SelectedTokens tokens, Device device)
    {
        var donor = patch.Donor;
        if (donor.Counts.Length != tokens.Counts.Length)
        {
            throw new NetworkInputException($"{patch}: expected donor states of the batch's {tokens.Counts.Length} rows; found {donor.Counts.Length} rows");
        }

        foreach (var (row, (here, there)) in tokens.Counts.Zip(donor.Counts).Index())
        {
            if (there != (patch.Spread ? 1 : here))
            {
                throw new NetworkInputException(patch.Spread
                    ? $"{patch}, row {row}: expected one donor state for all of the row's tokens; found {there}"
                    : $"{patch}, row {row}: expected a donor state for each of the row's {here} tokens; found {there}; take the donor from a row with as many, or its mean");
            }
        }

        var values = donor.Values.to(device);
        return patch.Spread ? values.repeat_interleave(tensor(tokens.Counts.Select(count => (long)count).ToArray(), device: device), 0) : values;
    }
}
