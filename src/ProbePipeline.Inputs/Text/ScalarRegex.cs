using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProbePipeline.Inputs.Text;

/// <summary>
/// A pattern over Unicode characters. .NET's patterns see the two halves of a character outside the basic plane, which are no letters to them;
/// so such a character is shown to the pattern as one of the basic plane that has the same category.
/// </summary>
internal sealed class ScalarRegex
{
    /// <summary>Characters of a pattern; published ones have up to 300, and a long one is slow to compile.</summary>
    private const int LongestPattern = 4096;

    /// <summary>Characters that a replacement may make of a text that is shorter: a few that replace one letter by many would otherwise fill the memory.</summary>
    private const int LongestText = 1 << 20;

    /// <summary>A character that no pattern names, for every category.</summary>
    private static readonly Dictionary<UnicodeCategory, char> Stand = new()
    {
        [UnicodeCategory.UppercaseLetter] = '\u0464',
        [UnicodeCategory.LowercaseLetter] = '\u0465',
        [UnicodeCategory.TitlecaseLetter] = '\u01F2',
        [UnicodeCategory.ModifierLetter] = '\u02B0',
        [UnicodeCategory.OtherLetter] = '\u01BB',
        [UnicodeCategory.NonSpacingMark] = '\u0300',
        [UnicodeCategory.SpacingCombiningMark] = '\u0903',
        [UnicodeCategory.EnclosingMark] = '\u0488',
        [UnicodeCategory.DecimalDigitNumber] = '\u0660',
        [UnicodeCategory.LetterNumber] = '\u2160',
        [UnicodeCategory.OtherNumber] = '\u2150',
        [UnicodeCategory.ConnectorPunctuation] = '\u203F',
        [UnicodeCategory.DashPunctuation] = '\u2010',
        [UnicodeCategory.OpenPunctuation] = '\u2045',
        [UnicodeCategory.ClosePunctuation] = '\u2046',
        [UnicodeCategory.InitialQuotePunctuation] = '\u2E02',
        [UnicodeCategory.FinalQuotePunctuation] = '\u2E03',
        [UnicodeCategory.OtherPunctuation] = '\u2020',
        [UnicodeCategory.MathSymbol] = '\u2200',
        [UnicodeCategory.CurrencySymbol] = '\u20A0',
        [UnicodeCategory.ModifierSymbol] = '\u02C2',
        [UnicodeCategory.OtherSymbol] = '\u2300',
        [UnicodeCategory.Format] = '\u2060',
        [UnicodeCategory.PrivateUse] = '\uF000',
        [UnicodeCategory.OtherNotAssigned] = '\u0378',
    };

    private readonly Regex _regex;

    private ScalarRegex(Regex regex) => _regex = regex;

    /// <summary>A pattern from a file.</summary>
    /// <exception cref="TokenizerException">It is none that can be read.</exception>
    public static ScalarRegex Read(TokenizerNode node)
    {
        if (node["String"].TextOrNull() is { } text)
        {
            return Of(Regex.Escape(Short(text, node["String"])));
        }

        var pattern = node["Regex"];
        try
        {
            return Of(Short(pattern.Text(), pattern));
        }
        catch (ArgumentException error)
        {
            throw new TokenizerException($"{pattern.Error("a pattern that can be read").Message}: {error.Message}", error);
        }
    }

    /// <summary>A pattern of ours.</summary>
    public static ScalarRegex Of(string pattern) => new(new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2)));

    /// <summary>Where the pattern matches, in order.</summary>
    public IEnumerable<(int Start, int End)> Matches(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return Find(text).Select(match => (match.Index, match.Index + match.Length));
        }

        var (shown, places) = Project(text);
        return Find(shown).Select(match => (places[match.Index], places[match.Index + match.Length]));
    }

    /// <summary>The text with every match replaced.</summary>
    public string Replace(string text, string replacement)
    {
        var (result, done) = (new StringBuilder(text.Length), 0);
        var longest = Math.Max(LongestText, text.Length);
        foreach (var (start, end) in Matches(text))
        {
            result.Append(text, done, start - done).Append(replacement);
            done = end;
            if (result.Length > longest)
            {
                throw new TokenizerException($"the tokenizer's replacement of {_regex} makes more than {longest} characters of a text of {text.Length}; is the tokenizer.json a published one?");
            }
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    private static string Short(string pattern, TokenizerNode node) =>
        pattern.Length <= LongestPattern ? pattern : throw node.Error($"a pattern of at most {LongestPattern} characters");

    private List<Match> Find(string text)
    {
        try
        {
            return [.. _regex.Matches(text).Cast<Match>()];
        }
        catch (RegexMatchTimeoutException error)
        {
            throw new TokenizerException($"the tokenizer's pattern {_regex} takes more than {_regex.MatchTimeout.TotalSeconds:0} s on a text of {text.Length} characters; shorten the text", error);
        }
    }

    /// <summary>One character for one character, and for each of them its place in the text (and the text's end).</summary>
    private static (string Shown, List<int> Places) Project(string text)
    {
        var (shown, places, place) = (new StringBuilder(text.Length), new List<int>(text.Length + 1), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            shown.Append(rune.IsBmp ? (char)rune.Value : Stand.GetValueOrDefault(Rune.GetUnicodeCategory(rune), '\u0378'));
            places.Add(place);
            place += rune.Utf16SequenceLength;
        }

        places.Add(place);
        return (shown.ToString(), places);
    }
}
