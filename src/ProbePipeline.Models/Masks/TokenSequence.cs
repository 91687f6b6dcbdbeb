namespace ProbePipeline.Models.Masks;

/// <summary>
/// What the tokens of one sequence are: of a tile in the vision tower, or of a row (padding, prompt, generated tokens) in the language model.
/// A set that a sequence does not have cannot be named: a tower without a class token has no <c>cls</c>, a row without a region no <c>region</c>.
/// </summary>
internal sealed class TokenSequence
{
    private readonly string _description;
    private readonly Dictionary<TokenSet, bool[]> _named;
    private readonly int _whole;

    private TokenSequence(string description, int length, int padding, int generated, Dictionary<TokenSet, bool[]> named)
    {
        _description = description;
        _named = named;
        PromptEnd = length - generated;
        _whole = length;
        Length = length;
        Padding = padding;
        named[TokenSet.All] = Where(position => position >= padding && position < PromptEnd);
    }

    /// <summary>Number of positions, padding and generated tokens included.</summary>
    public int Length { get; private init; }

    /// <summary>The row of the batch that it belongs to, for errors.</summary>
    public int Row { get; init; }

    /// <summary>Padding positions at the left.</summary>
    public int Padding { get; }

    /// <summary>The position behind the prompt: the first generated one, where there is any.</summary>
    public int PromptEnd { get; }

    /// <summary>One tile in the vision tower.</summary>
    /// <param name="classTokens">Class tokens, the first of all.</param>
    /// <param name="registers">Registers between them and the patches.</param>
    /// <param name="patches">Number of patches.</param>
    /// <param name="region">Indices of the region's patches (from 0, what comes before them not counted); null: the row has no region.</param>
    /// <param name="row">See <see cref="Row"/>.</param>
    public static TokenSequence OfTile(int classTokens, int registers, int patches, IReadOnlyCollection<int>? region, int row = 0)
    {
        var (leading, length) = (classTokens + registers, classTokens + registers + patches);
        var named = new Dictionary<TokenSet, bool[]> { [TokenSet.Patches] = Range(length, leading, length) };
        if (classTokens > 0)
        {
            named[TokenSet.ClassTokens] = Range(length, 0, classTokens);
        }

        if (registers > 0)
        {
            named[TokenSet.Registers] = Range(length, classTokens, leading);
        }

        if (region is not null)
        {
            AddRegion(named, length, region.Select(patch => patch + leading), named[TokenSet.Patches]);
        }

        return new TokenSequence("a tile in the vision tower", length, padding: 0, generated: 0, named) { Row = row };
    }

    /// <summary>One row in the language model.</summary>
    /// <param name="length">Positions, left padding and generated tokens included.</param>
    /// <param name="padding">Padding positions at the left.</param>
    /// <param name="generated">Generated positions at the right.</param>
    /// <param name="image">Positions of the image tokens, ascending.</param>
    /// <param name="separators">Those of them that are row ends or separators.</param>
    /// <param name="region">Those of them that stand for the region; null: the row has no region.</param>
    /// <param name="row">See <see cref="Row"/>.</param>
    public static TokenSequence OfRow(
        int length, int padding, int generated, IReadOnlyList<int> image, IReadOnlyCollection<int> separators, IReadOnlyCollection<int>? region, int row = 0)
    {
        var end = length - generated;
        var named = new Dictionary<TokenSet, bool[]>
        {
            [TokenSet.Last] = Range(length, end - 1, end),
            [TokenSet.Generated] = Range(length, end, length),
            // Without a picture the question is all there is.
            [TokenSet.Text] = Range(length, padding, end),
            [TokenSet.Question] = Range(length, image.Count > 0 ? image[^1] + 1 : padding, end),
        };
        if (image.Count > 0)
        {
            named[TokenSet.Image] = At(length, image);
            named[TokenSet.Text] = [.. named[TokenSet.Text].Zip(named[TokenSet.Image], (isText, isImage) => isText && !isImage)];
        }

        if (separators.Count > 0)
        {
            named[TokenSet.Separators] = At(length, separators);
        }

        if (region is not null)
        {
            AddRegion(named, length, region, named[TokenSet.Image]);
        }

        return new TokenSequence("a row in the language model", length, padding, generated, named) { Row = row };
    }

    /// <summary>Its first positions alone. Sets keep their meaning: the last token, for one, is then in none of them.</summary>
    public TokenSequence Until(int length) => new(_description, _whole, Padding, _whole - PromptEnd, new(_named)) { Length = length, Row = Row };

    /// <summary>Whether a named set exists in this sequence.</summary>
    public bool Has(TokenSet named) => _named.ContainsKey(named);

    /// <summary>Membership of every position, as keys or as tokens to read: generated tokens are members only where the set names them.</summary>
    public bool[] Members(TokenSet set) => set.Resolve(Leaf)[..Length];

    /// <summary>Membership of every position, as queries: a generated token is a member of whatever the last prompt token is a member of.</summary>
    public bool[] Queries(TokenSet set) => set.Resolve(leaf =>
    {
        var members = Leaf(leaf);
        return leaf == TokenSet.Generated ? members : [.. members.Select((member, position) => position < PromptEnd ? member : members[PromptEnd - 1])];
    })[..Length];

    private static bool[] Range(int length, int begin, int end) => [.. Enumerable.Range(0, length).Select(position => position >= begin && position < end)];

    private static bool[] At(int length, IEnumerable<int> positions)
    {
        var members = new bool[length];
        foreach (var position in positions)
        {
            members[position] = true;
        }

        return members;
    }

    private static void AddRegion(Dictionary<TokenSet, bool[]> named, int length, IEnumerable<int> region, bool[] picture)
    {
        var members = At(length, region);
        named[TokenSet.Region] = members;
        named[TokenSet.Outside] = [.. picture.Zip(members, (inPicture, inRegion) => inPicture && !inRegion)];
    }

    private bool[] Where(Func<int, bool> condition) => [.. Enumerable.Range(0, _whole).Select(condition)];

    private bool[] Leaf(TokenSet set)
    {
        if (set is PositionTokenSet { Indices: var indices })
        {
            foreach (var position in indices.Where(position => position < 0 || position >= _whole))
            {
                throw new MaskException($"position {position} does not exist in {_description} of {_whole} positions");
            }

            return At(_whole, indices);
        }

        return _named.TryGetValue(set, out var members)
            ? members
            : throw new MaskException(
                $"the token set '{set}' does not exist in {_description}, which has: {string.Join(", ", _named.Keys.Select(known => $"{known}").Order(StringComparer.Ordinal))}");
    }
}
