using System.Collections.Immutable;

namespace ProbePipeline.Models.Masks;

/// <summary>
/// A set of tokens, resolved for every row by itself: each row has its own padding, pictures and region.
/// The sets that a sequence has are those of <see cref="TokenSequence"/>; sets combine by <c>+</c> and <c>-</c>.
/// </summary>
public abstract record TokenSet
{
    private protected TokenSet()
    {
    }

    /// <summary>Every token but padding.</summary>
    public static TokenSet All { get; } = new NamedTokenSet("all");

    /// <summary>Vision: the class token.</summary>
    public static TokenSet ClassTokens { get; } = new NamedTokenSet("cls");

    /// <summary>Vision: the registers, which show no part of the picture.</summary>
    public static TokenSet Registers { get; } = new NamedTokenSet("registers");

    /// <summary>Vision: every patch.</summary>
    public static TokenSet Patches { get; } = new NamedTokenSet("patches");

    /// <summary>Vision: the patches of the row's region. Language: the image tokens that stand for them.</summary>
    public static TokenSet Region { get; } = new NamedTokenSet("region");

    /// <summary>What of the picture is not <see cref="Region"/>.</summary>
    public static TokenSet Outside { get; } = new NamedTokenSet("outside");

    /// <summary>Language: every token that carries picture content, row ends and separators included.</summary>
    public static TokenSet Image { get; } = new NamedTokenSet("image");

    /// <summary>Language: the row ends and separators among the image tokens.</summary>
    public static TokenSet Separators { get; } = new NamedTokenSet("separators");

    /// <summary>Language: every token that is not <see cref="Image"/>.</summary>
    public static TokenSet Text { get; } = new NamedTokenSet("text");

    /// <summary>Language: the prompt's tokens after the last image token, those of the template included.</summary>
    public static TokenSet Question { get; } = new NamedTokenSet("question");

    /// <summary>Language: the prompt's last token.</summary>
    public static TokenSet Last { get; } = new NamedTokenSet("last");

    /// <summary>Language: the tokens that the model has generated so far.</summary>
    public static TokenSet Generated { get; } = new NamedTokenSet("generated");

    /// <summary>The given positions, the same in every row; in the language model left padding counts.</summary>
    public static TokenSet Positions(params IEnumerable<int> positions) => new PositionTokenSet([.. positions.Distinct().Order()]);

    /// <summary>Tokens in either set.</summary>
    public static TokenSet operator +(TokenSet left, TokenSet right) => new UnionTokenSet(left, right);

    /// <summary>Tokens in the left set that are not in the right one.</summary>
    public static TokenSet operator -(TokenSet left, TokenSet right) => new DifferenceTokenSet(left, right);

    /// <summary>The same as the operator <c>+</c>.</summary>
    public static TokenSet Add(TokenSet left, TokenSet right) => left + right;

    /// <summary>The same as the operator <c>-</c>.</summary>
    public static TokenSet Subtract(TokenSet left, TokenSet right) => left - right;

    /// <summary>Whether a named set is this one or a part of it.</summary>
    internal bool Names(TokenSet named)
    {
        var found = false;
        Resolve(leaf =>
        {
            found |= leaf == named;
            return [];
        });
        return found;
    }

    /// <summary>Membership of every token of a sequence, by the rule that the caller gives for the sets without parts.</summary>
    /// <param name="leaf">Gives the membership of a named set or of positions.</param>
    internal abstract bool[] Resolve(Func<TokenSet, bool[]> leaf);
}

/// <summary>A set that the sequence knows by its name.</summary>
internal sealed record NamedTokenSet(string Name) : TokenSet
{
    public override string ToString() => Name;

    internal override bool[] Resolve(Func<TokenSet, bool[]> leaf) => leaf(this);
}

/// <summary>Positions, sorted and distinct.</summary>
internal sealed record PositionTokenSet(ImmutableArray<int> Indices) : TokenSet
{
    public bool Equals(PositionTokenSet? other) => other is not null && Indices.AsSpan().SequenceEqual(other.Indices.AsSpan());

    public override int GetHashCode() => Indices.Aggregate(Indices.Length, HashCode.Combine);

    public override string ToString() => $"positions [{string.Join(", ", Indices)}]";

    internal override bool[] Resolve(Func<TokenSet, bool[]> leaf) => leaf(this);
}

internal sealed record UnionTokenSet(TokenSet Left, TokenSet Right) : TokenSet
{
    public override string ToString() => $"{Left}+{Right}";

    internal override bool[] Resolve(Func<TokenSet, bool[]> leaf) => [.. Left.Resolve(leaf).Zip(Right.Resolve(leaf), (left, right) => left || right)];
}

internal sealed record DifferenceTokenSet(TokenSet Left, TokenSet Right) : TokenSet
{
    public override string ToString() => Right is NamedTokenSet or PositionTokenSet ? $"{Left}-{Right}" : $"{Left}-({Right})";

    internal override bool[] Resolve(Func<TokenSet, bool[]> leaf) => [.. Left.Resolve(leaf).Zip(Right.Resolve(leaf), (left, right) => left && !right)];
}
