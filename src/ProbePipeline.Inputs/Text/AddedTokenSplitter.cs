using System.Text;

namespace ProbePipeline.Inputs.Text;

/// <summary>
/// Cuts a text at added tokens: the leftmost, and of those the longest, as the reference does (huggingface/tokenizers 0.23, added_vocabulary.rs).
/// </summary>
internal sealed class AddedTokenSplitter
{
    /// <summary>By first character, longest first.</summary>
    private readonly Dictionary<char, (string Content, AddedToken Token)[]> _byFirst;

    /// <param name="tokens">Content as it is looked for, and the token that it means.</param>
    public AddedTokenSplitter(IEnumerable<(string Content, AddedToken Token)> tokens) =>
        _byFirst = tokens.Where(token => token.Content.Length > 0).GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());

    /// <summary>The text's pieces in order; a piece is a token or a text that is not empty.</summary>
    public IEnumerable<(AddedToken? Token, int Start, int End)> Split(string text)
    {
        var done = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (Match(text, at) is not { } match)
            {
                continue;
            }

            var (token, start, end) = (match.Token, at, at + match.Content.Length);
            at = end - 1;
            if (token.SingleWord && (IsWordBefore(text, start) || IsWordAt(text, end)))
            {
                continue;
            }

            while (token.StripsLeft && start > done && char.IsWhiteSpace(text[start - 1]))
            {
                start--;
            }

            while (token.StripsRight && end < text.Length && char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (start > done)
            {
                yield return (null, done, start);
            }

            yield return (token, start, end);
            done = end;
            at = end - 1;
        }

        if (done < text.Length)
        {
            yield return (null, done, text.Length);
        }
    }

    private (string Content, AddedToken Token)? Match(string text, int at)
    {
        if (_byFirst.TryGetValue(text[at], out var candidates))
        {
            foreach (var candidate in candidates)
            {
                if (text.AsSpan(at).StartsWith(candidate.Content, StringComparison.Ordinal))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    private static bool IsWordBefore(string text, int end) => end > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, end), out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool IsWordAt(string text, int start) => start < text.Length && Rune.DecodeFromUtf16(text.AsSpan(start), out var rune, out _) == System.Buffers.OperationStatus.Done && IsWord(rune);

    private static bool IsWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark
        or System.Globalization.UnicodeCategory.EnclosingMark or System.Globalization.UnicodeCategory.ConnectorPunctuation or System.Globalization.UnicodeCategory.LetterNumber;
}
