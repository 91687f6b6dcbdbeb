using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Options;

namespace ProbePipeline.Analysis;

/// <summary>From the likelihoods that a store holds to the choice that counts as the answer.</summary>
/// <param name="Score">Which choice counts.</param>
/// <param name="ChoiceCount">Choices a row.</param>
/// <param name="Priors">For every row the log-likelihoods of the choices without the picture; none where nobody asked for them.</param>
internal sealed record AnswerScoring(AnswerScore Score, int ChoiceCount, ImmutableArray<ImmutableArray<float>> Priors)
{
    /// <summary>For every row the choices that it may choose from; none: all of them.</summary>
    public ImmutableArray<ImmutableHashSet<int>> Own { get; init; } = [];

    /// <summary>What the model wrote itself; null: nothing.</summary>
    public WrittenAnswers? Written { get; init; }

    /// <summary>The share of right answers that guessing evenly among a row's choices is expected to have.</summary>
    /// <param name="rows">The rows.</param>
    public double Guessed(IEnumerable<int> rows) => rows.Average(row => 1.0 / (Own.IsEmpty ? ChoiceCount : Own[row].Count));

    /// <summary>Every way that can be had, the one that counts first.</summary>
    public ImmutableArray<AnswerScore> Known => [Score, .. Enum.GetValues<AnswerScore>().Where(score => score != Score && (score switch
    {
        AnswerScore.Sum or AnswerScore.PerToken => true,
        AnswerScore.Calibrated => !Priors.IsEmpty,
        _ => Written is not null,
    }))];

    /// <summary>For every row the likeliest choice without the picture; of equals the first.</summary>
    public ImmutableArray<int> BlindChoices => [.. Priors.Select((priors, row) => Of(row).MaxBy(choice => priors[choice]))];

    /// <summary>For every row the index of the choice; of equals the first; <see cref="AnswerMatch.None"/> where a written answer is none of them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="score">By what.</param>
    public ImmutableArray<int> Choices(FeatureStore store, string condition, AnswerScore score) => score switch
    {
        // As the network's own column has it.
        AnswerScore.Sum when Own.IsEmpty => [.. store.Read<int>(condition, "answer.choice")],
        AnswerScore.Sum => Likeliest(store.Read<float>(condition, "answer.log_likelihood"), (value, _, _) => value),
        AnswerScore.PerToken => Likeliest(store.Read<float>(condition, "answer.log_likelihood_per_token"), (value, _, _) => value),
        AnswerScore.Calibrated => Likeliest(store.Read<float>(condition, "answer.log_likelihood"), (value, row, choice) => value - Priors[row][choice]),
        _ => [.. Written!.Texts(store, condition).Select((text, row) => AnswerMatch.Find(text, Of(row).Select(choice => (choice, Written.Choices[choice])), score))],
    };

    // In their order, so that of equals the first is taken.
    private IEnumerable<int> Of(int row) => Enumerable.Range(0, ChoiceCount).Where(choice => Own.IsEmpty || Own[row].Contains(choice));

    private ImmutableArray<int> Likeliest(float[] scores, Func<float, int, int, float> value) =>
        [.. Enumerable.Range(0, scores.Length / ChoiceCount).Select(row => Of(row).MaxBy(choice => value(scores[(row * ChoiceCount) + choice], row, choice)))];
}
