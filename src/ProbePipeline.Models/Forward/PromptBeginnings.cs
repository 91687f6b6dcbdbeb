using ProbePipeline.Inputs;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>What the beginnings of a batch's rows are and what a request does to them, as text: rows with equal texts have equal states there. Lives in one dispose scope.</summary>
internal sealed class PromptBeginnings(BatchTokens tokens, ForwardRequest request)
{
    private readonly Dictionary<(ReadOnlyMemory<float> Pixels, ImageTokenLayout Layout), int> _pictures = [];
    private readonly Dictionary<(StatePatch Patch, string Before), List<Tensor>> _donors = [];

    /// <param name="row">The row.</param>
    /// <param name="end">The position behind its beginning.</param>
    /// <exception cref="MaskException">A block names what the row does not have.</exception>
    /// <exception cref="NetworkInputException">An edit does.</exception>
    public string Of(int row, int end)
    {
        var (first, sequence) = (tokens.Paddings[row], tokens.Rows[row]);
        var shown = tokens.Batch.Rows[row].Pictures.Select(picture =>
        {
            _pictures.TryAdd((picture.Pixels, picture.Layout), _pictures.Count);
            return _pictures[(picture.Pixels, picture.Layout)];
        });
        var cuts = request.Blocks.Where(block => block.Tower == Tower.Language).Select(block => Named(() =>
            sequence.Queries(block.From)[first..end] is var queries && queries.Contains(true) ? $"{Bits(queries)} {Bits(sequence.Members(block.To)[first..end])}" : "",
            error => new MaskException($"[{block}], row {row}: {error.Message}", error)));
        var text = $"{string.Join(' ', shown)}: {string.Join(' ', tokens.Batch.Rows[row].TokenIds[..(end - first)])}: {string.Join(", ", cuts)}";
        foreach (var edit in request.Edits.Where(edit => edit.Site.Tower == Tower.Language))
        {
            var changed = Named(
                () => (edit is StateErasure ? sequence.Queries(edit.Tokens) : sequence.Members(edit.Tokens))[first..end],
                error => new NetworkInputException($"{edit}, row {row}: {error.Message}", error));
            text += $": {Bits(changed)}";
            if (edit is StatePatch patch && changed.Contains(true))
            {
                text += $" {Donor(patch, row, changed.Count(token => token), text)}";
            }
        }

        return text;
    }

    // Rows that are alike so far may still take other states from their donors.
    private string Donor(StatePatch patch, int row, int count, string before)
    {
        var donor = patch.Donor;
        if (row >= donor.Counts.Length || donor.Counts[row] < (patch.Spread ? 1 : count))
        {
            // Refused where it is put in.
            return $"row {row}";
        }

        var states = donor.Row(row).narrow(0, 0, patch.Spread ? 1 : count);
        var known = _donors.TryGetValue((patch, before), out var others) ? others : _donors[(patch, before)] = [];
        var same = known.FindIndex(other => other.equal(states).all().item<bool>());
        if (same >= 0)
        {
            return $"donor {same}";
        }

        known.Add(states);
        return $"donor {known.Count - 1}";
    }

    private static T Named<T>(Func<T> find, Func<MaskException, Exception> name)
    {
        try
        {
            return find();
        }
        catch (MaskException error)
        {
            throw name(error);
        }
    }

    private static string Bits(bool[] members) => string.Create(members.Length, members, (text, from) =>
    {
        foreach (var (place, member) in from.Index())
        {
            text[place] = member ? '1' : '0';
        }
    });
}
