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
        yield return Accuracies(results);
        if (results.GuessedAnswers is { } guessed)
        {
            yield return new Paragraph($"Every row has choices of its own; guessing evenly among them is right for {Shown.Share(guessed)} of the test rows.");
        }

        if (results.Conditions.Values.Any(condition => condition.Answer is { Scores.Length: > 1 }))
        {
            yield return Scores(results);
        }

        if (results.Conditions.Values.Any(condition => condition.Answer is { Questions.Length: > 1 }))
        {
            yield return Questions(results);
        }

        if (results.BlindAnswer is not null)
        {
            yield return new Paragraph(
                "Without the picture: the same prompts, the picture's placeholder left out, scored over the same choices. What the model is right about then, question and choices give away: "
                + "it is the floor of the answers, the dashed line beside them, and a condition that comes down to it no longer uses the picture.");
        }
    }

    private static TableBlock Accuracies(ExperimentResults results)
    {
        (string Name, AnswerResult? Answer, ProbeResult? Best)[] rows =
        [
            .. results.Conditions.Select(pair => (pair.Key, pair.Value.Answer, pair.Value.BestProbe)),
            .. results.BlindAnswer is { } blind ? [("without the picture", blind, null)] : Array.Empty<(string, AnswerResult?, ProbeResult?)>(),
        ];
        return TableBlock.Of("Accuracy of the model's answers, and of the probe at the site that is best on validation rows", rows)
            .Text("condition", row => row.Name)
            .Number("answers, test rows", row => Shown.Share(row.Answer?.TestAccuracy))
            .Number("interval", row => Shown.Interval(row.Answer?.Low, row.Answer?.High))
            .Number("Wilson", row => Shown.Interval(row.Answer?.WilsonLow, row.Answer?.WilsonHigh))
            .Number("answers, all rows", row => Shown.Share(row.Answer?.Accuracy))
            .Text("best probe at", row => row.Best is { } best ? Shown.Site(best) : "–")
            .Number("validation", row => Shown.Share(row.Best?.ValidationAccuracy))
            .Number("test", row => Shown.Share(row.Best?.TestAccuracy))
            .Number("interval", row => Shown.Interval(row.Best?.Low, row.Best?.High))
            .Number("Wilson", row => Shown.Interval(row.Best?.WilsonLow, row.Best?.WilsonHigh))
            .Number("control", row => Shown.Share(row.Best?.ControlAccuracy) + (row.Best?.ControlDeviation is { } deviation ? $" ± {Shown.Share(deviation)}" : ""))
            .Number("selectivity", row => Shown.Difference(row.Best?.Selectivity));
    }

    private static TableBlock Scores(ExperimentResults results)
    {
        (string Condition, AnswerResult Answer)[] rows = [.. Answers(results)];
        string[] scores = [.. rows[0].Answer.Scores.Select(score => score.Score)];
        return TableBlock.Of(
            $"The answers of the test rows by other ways of scoring the choices; {scores[0]} counts above. sum: over a choice's tokens; per-token: the same over their number; "
            + "calibrated: less what the choice gets without the picture; generated: the choice that the model's own answer is (exact), is without case, punctuation and articles (normalized), or names first (contained)",
            rows)
            .Text("condition", row => row.Condition)
            .Each(scores.Index(), (table, score) => table
                .Number(score.Item, row => Shown.Share(row.Answer.Scores[score.Index].TestAccuracy))
                .Number("interval", row => Shown.Interval(row.Answer.Scores[score.Index].Low, row.Answer.Scores[score.Index].High)));
    }

    // Questions are rows and conditions columns, with a last row of another kind: highest less lowest.
    private static TableBlock Questions(ExperimentResults results)
    {
        (string Condition, AnswerResult Answer)[] answers = [.. Answers(results)];
        return new TableBlock(
            "The answers of the test rows by the way of asking, and how far the ways lie apart",
            [new("question", false), .. answers.SelectMany(answered => new TableColumn[] { new(answered.Condition, true), new("interval", true) })],
            [
                .. answers.SelectMany(answered => answered.Answer.Questions.Select(asked => asked.Question)).Distinct().Select(question => (ImmutableArray<string>)
                [
                    question, .. answers.Select(answered => answered.Answer.Questions.FirstOrDefault(asked => asked.Question == question))
                        .SelectMany(asked => new[] { Shown.Share(asked?.TestAccuracy), Shown.Interval(asked?.Low, asked?.High) }),
                ]),
                [
                    "spread", .. answers.Select(answered => answered.Answer.Questions.Select(asked => asked.TestAccuracy))
                        .SelectMany(accuracies => new[] { Shown.Share(accuracies.Max() - accuracies.Min()), "" }),
                ],
            ]);
    }

    private static IEnumerable<(string Condition, AnswerResult Answer)> Answers(ExperimentResults results) =>
        results.Conditions.Where(pair => pair.Value.Answer is not null).Select(pair => (pair.Key, pair.Value.Answer!));

    private static string Folds(SplitSummary split) => split.Folds > 1 ? $" in {Shown.Count(split.Folds)} folds, of the first" : "";

    private static string Part(SplitPart part) => Part(part.Rows, part.Images);

    private static string Part(int rows, int images) => $"{Shown.Counted(rows, "row", "rows")} of {Shown.Counted(images, "picture", "pictures")}";
}
