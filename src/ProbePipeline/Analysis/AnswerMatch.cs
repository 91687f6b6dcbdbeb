using System.Collections.Immutable;
using ProbePipeline.Options;

namespace ProbePipeline.Analysis;

/// <summary>Which of the choices a written answer is.</summary>
internal static class AnswerMatch
{
    /// <summary>None of them.</summary>
    public const int None = -1;

    // What visual question answering leaves out (Antol et al. 2015; its evaluation also writes numbers as digits and mends contractions, of which labels have none).
    private static readonly string[] Articles = ["a", "an", "the"];

    /// <param name="text">What the model wrote.</param>
    /// <param name="choices">The choices that it may mean, by index.</param>
    /// <param name="score">How it is matched.</param>
    /// <returns>The index of the choice; of several that fit the first, of several that are named at one place the longest.</returns>
    public static int Find(string text, IEnumerable<(int Index, string Choice)> choices, AnswerScore score) => score switch
    {
        AnswerScore.GeneratedExact => First(choices, choice => choice == text.Trim()),
        AnswerScore.GeneratedNormalized => First(choices, choice => Words(choice).SequenceEqual(Words(text))),
        _ => Named(Words(text), [.. choices.Select(choice => (choice.Index, Words(choice.Choice)))]),
    };

    private static int First(IEnumerable<(int Index, string Choice)> choices, Func<string, bool> fits) =>
        choices.Where(choice => fits(choice.Choice)).Select(choice => choice.Index).DefaultIfEmpty(None).First();

    private static int Named(ImmutableArray<string> text, ImmutableArray<(int Index, ImmutableArray<string> Words)> choices) =>
        (from choice in choices
         where !choice.Words.IsEmpty
         let place = Enumerable.Range(0, Math.Max(text.Length - choice.Words.Length + 1, 0)).FirstOrDefault(start => text.AsSpan(start, choice.Words.Length).SequenceEqual(choice.Words.AsSpan()), None)
         where place != None
         orderby place, choice.Words.Length descending
         select choice.Index).DefaultIfEmpty(None).First();

    /// <summary>Lower-case words without punctuation and articles.</summary>
    private static ImmutableArray<string> Words(string text) =>
    [
        .. string.Concat(text.ToLowerInvariant().Select(character => char.IsLetterOrDigit(character) ? character : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Articles.Contains(word)),
    ];
}
