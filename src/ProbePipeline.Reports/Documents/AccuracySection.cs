using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Documents;

/// <summary>Answers and the best probe of every condition, with intervals.</summary>
internal static class AccuracySection
{
    public static IEnumerable<Block> Of(ExperimentResults results)
    {
        yield return new Heading(2, "Answers and best probes");
        yield return new Paragraph(
            $"{Part(results.Rows, results.Images)} were used{Folds(results.Split)}: {Part(results.Split.Train)} for training, "
            + $"{Part(results.Split.Validation)} for choosing the penalty and the site, {(results.Split.Folds > 1 ? "and the rest for testing, so that every row is tested once" : $"{Part(results.Split.Test)} for testing")}. "
            + "A picture lies in one part with all its rows. Intervals are 95 %, by bootstrap over pictures; they take the fits as given. Wilson's interval takes rows as independent, so it is mostly "
            + "too narrow; where all rows are right or none is, a bootstrap has no width, and Wilson's is the one to read.");
        yield return new TableBlock(
            "Accuracy of the model's answers, and of the probe at the site that is best on validation rows",
            [
                new("condition", false), new("answers, test rows", true), new("interval", true), new("Wilson", true), new("answers, all rows", true),
                new("best probe at", false), new("validation", true), new("test", true), new("interval", true), new("Wilson", true), new("control", true), new("selectivity", true),
            ],
            [
                .. results.Conditions.Select(pair => Row(pair.Key, pair.Value)),
                .. results.BlindAnswer is { } blind ? [Row("without the picture", new ConditionResults { Answer = blind })] : Array.Empty<ImmutableArray<string>>(),
            ]);
        if (results.GuessedAnswers is { } guessed)
        {
            yield return new Paragraph($"Every row has choices of its own; guessing evenly among them is right for {Shown.Share(guessed)} of the test rows.");
        }

        if (results.Conditions.Values.Any(condition => condition.Answer is { Scores.Length: > 1 }))
        {
            string[] scores = [.. results.Conditions.Values.First(condition => condition.Answer is not null).Answer!.Scores.Select(score => score.Score)];
            yield return new TableBlock(
                $"The answers of the test rows by other ways of scoring the choices; {scores[0]} counts above. sum: over a choice's tokens; per-token: the same over their number; "
                + "calibrated: less what the choice gets without the picture; generated: the choice that the model's own answer is (exact), is without case, punctuation and articles (normalized), or names first (contained)",
                [new("condition", false), .. scores.SelectMany(score => new TableColumn[] { new(score, true), new("interval", true) })],
                [.. results.Conditions.Where(pair => pair.Value.Answer is not null).Select(pair => new[] { pair.Key }.Concat(pair.Value.Answer!.Scores.SelectMany(score => new[] { Shown.Share(score.TestAccuracy), Shown.Interval(score.Low, score.High) })).ToImmutableArray())]);
        }

        if (results.Conditions.Values.Any(condition => condition.Answer is { Questions.Length: > 1 }))
        {
            yield return new TableBlock(
                "The answers of the test rows by the way of asking, and how far the ways lie apart",
                [new("question", false), .. results.Conditions.Where(pair => pair.Value.Answer is not null).SelectMany(pair => new TableColumn[] { new(pair.Key, true), new("interval", true) })],
                [.. ByQuestion(results)]);
        }

        if (results.BlindAnswer is not null)
        {
            yield return new Paragraph(
                "Without the picture: the same prompts, the picture's placeholder left out, scored over the same choices. What the model is right about then, question and choices give away: "
                + "it is the floor of the answers, the dashed line beside them, and a condition that comes down to it no longer uses the picture.");
        }
    }

    // The last row: highest less lowest.
    private static IEnumerable<ImmutableArray<string>> ByQuestion(ExperimentResults results)
    {
        AnswerResult[] answers = [.. results.Conditions.Values.Select(condition => condition.Answer).OfType<AnswerResult>()];
        foreach (var question in answers.SelectMany(answer => answer.Questions.Select(asked => asked.Question)).Distinct())
        {
            yield return [question, .. answers.SelectMany(answer => answer.Questions.FirstOrDefault(asked => asked.Question == question) is { } asked
                ? new[] { Shown.Share(asked.TestAccuracy), Shown.Interval(asked.Low, asked.High) }
                : ["–", "–"])];
        }

        yield return ["spread", .. answers.SelectMany(answer => new[] { Shown.Share(answer.Questions.Max(asked => asked.TestAccuracy) - answer.Questions.Min(asked => asked.TestAccuracy)), "" })];
    }

    private static ImmutableArray<string> Row(string name, ConditionResults condition)
    {
        string[] answer = condition.Answer is { } found
            ? [Shown.Share(found.TestAccuracy), Shown.Interval(found.Low, found.High), Shown.Interval(found.WilsonLow, found.WilsonHigh), Shown.Share(found.Accuracy)]
            : ["–", "–", "–", "–"];
        string[] probe = condition.BestProbe is { } best
            ?
            [
                best.OnPath ? best.Site : $"{best.Site} (off path)", Shown.Share(best.ValidationAccuracy), Shown.Share(best.TestAccuracy),
                Shown.Interval(best.Low, best.High), Shown.Interval(best.WilsonLow, best.WilsonHigh), Shown.Share(best.ControlAccuracy) + (best.ControlDeviation is { } deviation ? $" ± {Shown.Share(deviation)}" : ""), best.Selectivity is { } selectivity ? Shown.Difference(selectivity) : "–",
            ]
            : ["–", "–", "–", "–", "–", "–", "–"];
        return [name, .. answer, .. probe];
    }

    private static string Folds(SplitSummary split) => split.Folds > 1 ? $" in {Shown.Count(split.Folds)} folds, of the first" : "";

    private static string Part(SplitPart part) => Part(part.Rows, part.Images);

    private static string Part(int rows, int images) => $"{Shown.Counted(rows, "row", "rows")} of {Shown.Counted(images, "picture", "pictures")}";
}
