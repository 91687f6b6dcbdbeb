using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// Which of a site's states belong to a row's tokens. States lie differently in different places: [tiles, tokens, D] in the vision tower,
/// [tiles, D] once it has pooled, [image tokens of all rows, D] at the projector, [rows, tokens, D] in the decoder.
/// </summary>
/// <param name="tokens">The batch.</param>
/// <param name="tiles">What the vision tower sees of it.</param>
/// <param name="first">The first position that the decoder computes: what is before it lies in a cache, or belongs to beginnings.</param>
/// <param name="prefixes">The beginnings, where their states are meant; null: the rows' own.</param>
internal sealed class TokenSelection(BatchTokens tokens, SharedTiles tiles, int first = 0, SharedPrefixes? prefixes = null)
{
    private readonly Dictionary<(int Space, TokenSet Set), SelectedTokens> _made = [];
    private readonly Dictionary<StateEdit, SelectedTokens> _edited = new(ReferenceEqualityComparer.Instance);

    /// <summary>The tokens that a capture reads.</summary>
    /// <param name="capture">The capture.</param>
    /// <param name="mayBeEmpty">Whether a row may have none here, since its beginning is computed apart.</param>
    /// <exception cref="NetworkInputException">A row has none of them.</exception>
    public SelectedTokens Of(SiteCapture capture, bool mayBeEmpty = false)
    {
        var (site, set) = (capture.Site, capture.Pooling.For(capture.Site.Tower));
        var space = site.Kind switch
        {
            SiteKind.Pooled => 0,
            SiteKind.Projector => 1,
            _ when site.Tower == Tower.Vision => 2,
            _ => 3,
        };
        if (!_made.TryGetValue((space, set), out var selected))
        {
            selected = Select(capture.ToString(), mayBeEmpty, site.Kind switch
            {
                SiteKind.Pooled => row => PooledTiles(row, capture),
                SiteKind.Projector => row => Projected(row, set),
                _ when site.Tower == Tower.Vision => row => Patches(row, set),
                _ => row => Positions(row, set),
            });
            _made[(space, set)] = selected;
        }

        return selected;
    }

    /// <summary>The tokens whose states an edit changes; a row may have none.</summary>
    public SelectedTokens Of(StateEdit edit)
    {
        if (!_edited.TryGetValue(edit, out var selected))
        {
            var (site, set) = (edit.Site, edit.Tokens);
            _edited[edit] = selected = Select($"{edit}", mayBeEmpty: true, site.Kind switch
            {
                SiteKind.Projector => row => Projected(row, set),
                _ when site.Tower == Tower.Vision => row => Patches(row, set),
                _ when edit is StateErasure => row => Places(row, tokens.Rows[row].Queries(set)),
                _ => row => Positions(row, set),
            });
        }

        return selected;
    }

    /// <summary>Tokens of the language model.</summary>
    /// <param name="set">Which.</param>
    /// <param name="mayBeEmpty">Whether a row may have none here, since its beginning is computed apart.</param>
    public SelectedTokens InLanguage(TokenSet set, bool mayBeEmpty) => Select($"logits ({set})", mayBeEmpty, row => Positions(row, set));

    /// <summary>The error where a row has none of the tokens that are to be read.</summary>
    public static NetworkInputException Nothing(string what, int row) => new($"{what}, row {row}: there is no such token in this row, so there is nothing to read");

    private SelectedTokens Select(string what, bool mayBeEmpty, Func<int, IEnumerable<long>> ofRow)
    {
        var rows = new List<long[]>();
        for (var row = 0; row < tokens.Batch.Rows.Length; row++)
        {
            try
            {
                rows.Add([.. ofRow(row)]);
            }
            catch (MaskException error)
            {
                throw new NetworkInputException($"{what}, row {row}: {error.Message}", error);
            }

            if (rows[row].Length == 0 && !mayBeEmpty)
            {
                throw Nothing(what, row);
            }
        }

        return SelectedTokens.Of(rows);
    }

    private IEnumerable<long> Positions(int row, TokenSet set) => Places(row, tokens.Rows[row].Members(set));

    private IEnumerable<long> Places(int row, bool[] members)
    {
        if (prefixes is not null)
        {
            return Enumerable.Range(0, prefixes.Length).Where(position => members[position])
                .Select(position => ((long)prefixes.Slots[row] * prefixes.Length) + position - prefixes.Shifts[row]);
        }

        var computed = tokens.Batch.Length - first;
        return Enumerable.Range(0, computed).Where(position => members[first + position]).Select(position => ((long)row * computed) + position);
    }

    private IEnumerable<long> Patches(int row, TokenSet set)
    {
        var first = tokens.TileCounts.Take(row).Sum();
        return Enumerable.Range(first, tokens.TileCounts[row])
            .SelectMany(tile => Members(tokens.Tiles[tile], set).Select(token => (long)tiles.Slots[tile] * tokens.Tiles[tile].Length + token));
    }

    private IEnumerable<long> Projected(int row, TokenSet set)
    {
        var first = tokens.ImagePositions.Take(row).Sum(positions => positions.Length);
        var members = tokens.Rows[row].Members(set);
        return tokens.ImagePositions[row].Index().Where(token => members[token.Item]).Select(token => (long)first + token.Index);
    }

    private IEnumerable<long> PooledTiles(int row, SiteCapture capture)
    {
        if (capture.Pooling != Pooling.Tokens && capture.Pooling != Pooling.ImageMean)
        {
            throw new MaskException($"the tower has pooled already, so only '{Pooling.ImageMean}' (over the tiles) and '{Pooling.Tokens}' can be read");
        }

        return Enumerable.Range(tokens.TileCounts.Take(row).Sum(), tokens.TileCounts[row]).Select(tile => (long)tiles.Slots[tile]);
    }

    private static IEnumerable<int> Members(TokenSequence sequence, TokenSet set) => sequence.Members(set).Index().Where(token => token.Item).Select(token => token.Index);
}
