using System.Collections.Immutable;
using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Capture;

/// <summary>How a tokenizer writes a word that follows a prompt.</summary>
public static class AnswerTokens
{
    /// <summary>The tokens of a word that follows a prompt, one space between them.</summary>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="promptEnd">How the prompt ends, as far as it matters for the word's tokens.</param>
    /// <param name="word">The word.</param>
    /// <exception cref="CaptureException">The tokenizer cannot write the word there.</exception>
    public static ImmutableArray<int> Of(TextTokenizer tokenizer, string promptEnd, string word)
    {
        var before = tokenizer.Encode(promptEnd, addSpecialTokens: false);
        var together = tokenizer.Encode(promptEnd.Length == 0 || char.IsWhiteSpace(promptEnd[^1]) ? promptEnd + word : $"{promptEnd} {word}", addSpecialTokens: false);
        ImmutableArray<int> tokens = together.AsSpan().StartsWith(before.AsSpan()) ? together[before.Length..] : [];
        if (tokens.IsEmpty)
        {
            throw new CaptureException($"'{word}' after '{promptEnd}': expected tokens of its own behind those of the prompt; found none: choose another word or another template");
        }

        // Tokenizers of CLIP's kind mark the ends of words, and their decoders leave the marks.
        var written = tokenizer.Decode(together, skipSpecialTokens: false).Replace("</w>", " ", StringComparison.Ordinal);
        return written.TrimEnd().EndsWith(word.TrimEnd(), StringComparison.Ordinal)
            ? tokens
            : throw new CaptureException($"'{word}': the tokenizer cannot write this word (it becomes '{written}'); choose another word");
    }
}
