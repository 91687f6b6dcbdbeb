using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Masks;

/// <summary>The text form of token sets in files: names, joined from left to right by <c>+</c> and <c>-</c>, with parentheses.</summary>
public static partial class TokenSetText
{
    // Long enough for every sensible set, short enough that nested parentheses cannot exhaust the stack.
    private const int LongestText = 200;

    private static readonly ImmutableArray<TokenSet> VisionSets = [TokenSet.All, TokenSet.ClassTokens, TokenSet.Registers, TokenSet.Patches, TokenSet.Region, TokenSet.Outside];

    private static readonly ImmutableArray<TokenSet> LanguageSets =
    [
        TokenSet.All, TokenSet.Image, TokenSet.Region, TokenSet.Outside, TokenSet.Text, TokenSet.Question, TokenSet.Last, TokenSet.Generated, TokenSet.Separators,
    ];

    /// <summary>The names that exist in a tower.</summary>
    public static ImmutableArray<string> NamesIn(Tower tower) => [.. SetsOf(tower).Select(set => $"{set}")];

    /// <summary>Reads <c>all</c>, <c>image+last</c>, <c>all-(region+cls)</c>, <c>positions [0, 3]</c>.</summary>
    /// <exception cref="FormatException">The text is no set of that tower; the message says what was found and what is allowed.</exception>
    public static TokenSet Parse(string text, Tower tower)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw new FormatException($"found a text of {text.Length} characters, expected a token set of {LongestText} at most");
        }

        return new Reader(text, tower).Whole();
    }

    /// <summary>Writes a set so that <see cref="Parse"/> gives an equal one.</summary>
    public static string Write(TokenSet set) => set switch
    {
        UnionTokenSet union => $"{Write(union.Left)}+{WriteRight(union.Right)}",
        DifferenceTokenSet difference => $"{Write(difference.Left)}-{WriteRight(difference.Right)}",
        _ => $"{set}",
    };

    private static string WriteRight(TokenSet set) => set is UnionTokenSet or DifferenceTokenSet ? $"({Write(set)})" : Write(set);

    private static ImmutableArray<TokenSet> SetsOf(Tower tower) => tower == Tower.Vision ? VisionSets : LanguageSets;

    [GeneratedRegex(@"\G\s*(?:(?<positions>positions\s*\[(?<indices>[0-9,\s]*)\])|(?<name>[A-Za-z]+)|(?<sign>[-+()]))\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    /// <summary>Reads one text from left to right.</summary>
    private sealed class Reader(string text, Tower tower)
    {
        private Match _word = Word().Match(text);
        private int _end;

        private string Sign => _word.Groups["sign"].Value;

        public TokenSet Whole()
        {
            var set = Sum();
            return AtEnd() ? set : throw Refused();
        }

        private TokenSet Sum()
        {
            var set = Term();
            while (Sign is "+" or "-")
            {
                var joined = Sign == "+";
                Advance();
                var right = Term();
                set = joined ? set + right : set - right;
            }

            return set;
        }

        private TokenSet Term()
        {
            TokenSet? set = null;
            if (Sign == "(")
            {
                Advance();
                set = Sum();
                set = Sign == ")" ? set : throw Refused();
            }
            else if (_word.Groups["positions"].Success)
            {
                set = TokenSet.Positions(Indices(_word.Groups["indices"].Value));
            }
            else if (_word.Groups["name"] is { Success: true, Value: var name })
            {
                set = SetsOf(tower).FirstOrDefault(known => $"{known}" == name);
            }

            Advance();
            return set ?? throw Refused();
        }

        private IEnumerable<int> Indices(string list)
        {
            foreach (var part in list.Split(',', StringSplitOptions.TrimEntries))
            {
                yield return int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : throw Refused();
            }
        }

        private bool AtEnd() => !_word.Success && _end == text.Length;

        private void Advance()
        {
            if (_word.Success)
            {
                _end = _word.Index + _word.Length;
                _word = Word().Match(text, _end);
            }
        }

        private FormatException Refused() => new(
            $"found \"{text}\", expected tokens of the {(tower == Tower.Vision ? "vision" : "language")} tower: {string.Join(", ", NamesIn(tower))}, joined by + and -");
    }
}
