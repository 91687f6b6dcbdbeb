using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Selection;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Rows;

/// <summary>The rows of an experiment, those that cannot be used, and how regions came to lie on the model's tokens.</summary>
/// <param name="Rows">The rows that are used, picture after picture.</param>
/// <param name="Dropped">The rows that are not, with the reason.</param>
/// <param name="Regions">How the regions of the rows came to lie on tokens.</param>
/// <param name="Hash">SHA-256 of pixels, masks, prompts and labels.</param>
internal sealed record ExperimentRows(ImmutableArray<ExperimentRow> Rows, ImmutableArray<DroppedRow> Dropped, RegionSummary Regions, string Hash)
{
    private const int ShownReasons = 3;

    /// <param name="dataset">The pictures with their parts.</param>
    /// <param name="model">What reads them.</param>
    /// <param name="target">The attribute that holds the label.</param>
    /// <param name="answer">What is asked about every part, each question in a row of its own; null: nothing.</param>
    /// <param name="template">How the model family writes a question.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    public static ExperimentRows Of(IPartDataset dataset, ProbedModel model, string target, Options.AnswerOptions? answer, ChatTemplate template, CancellationToken cancellation = default)
    {
        var questions = answer?.Questions ?? [];
        var rows = ImmutableArray.CreateBuilder<ExperimentRow>();
        var dropped = ImmutableArray.CreateBuilder<DroppedRow>();
        var (bestCoveredOnly, tokens) = (0, 0L);
        using var hash = new RowHash();
        // Pictures of one group come one after the other and count as one: nothing may split them apart.
        var pictures = dataset.Pictures.GroupBy(picture => picture.Group).SelectMany(group => group.Select(picture => (picture, group.First().Index))).Where(entry => !entry.picture.Parts.IsEmpty);
        // Decoded side by side, a few at once, and taken one after the other.
        var read = pictures.Chunk(Environment.ProcessorCount)
            .SelectMany(few => SideBySide.Run(few, entry => (ReadPicture.Of(entry.picture, model), entry.Index), (_, _) => { }, cancellation));
        foreach (var (picture, group) in read)
        {
            if (picture.Problem is { } problem)
            {
                dropped.AddRange(picture.Shared.Entry.Parts.Select(part => new DroppedRow(part.Id, problem)));
                continue;
            }

            hash.Add(picture.Pixels!);
            foreach (var part in picture.Parts)
            {
                if (Refusal(part, target, questions, answer) is { } refusal)
                {
                    dropped.Add(new DroppedRow(part.Source.Id, refusal));
                    continue;
                }

                foreach (var row in Asked(picture.Shared, group, part.Source, target, questions, template))
                {
                    rows.Add(row);
                    bestCoveredOnly += part.Tokens is { BestCoveredOnly: true } ? 1 : 0;
                    tokens += part.Tokens?.Tokens.Length ?? 0;
                    hash.Add(row, part.Mask!);
                }
            }
        }

        return new ExperimentRows(rows.ToImmutable(), dropped.ToImmutable(), new RegionSummary(model.Regions.Threshold, bestCoveredOnly, rows.Count == 0 ? 0 : (double)tokens / rows.Count), hash.Finish());
    }

    /// <summary>The same rows without some, which count as dropped.</summary>
    /// <param name="rows">By place the reason.</param>
    public ExperimentRows Without(IReadOnlyDictionary<int, string> rows) => this with
    {
        Rows = [.. Rows.Where((_, place) => !rows.ContainsKey(place))],
        Dropped = [.. Dropped, .. rows.OrderBy(row => row.Key).Select(row => new DroppedRow(Rows[row.Key].Id, row.Value))],
    };

    /// <param name="maximum">The largest share.</param>
    /// <param name="taken">What the selection took, by class; empty where it takes all.</param>
    /// <exception cref="ExperimentException">More rows are dropped than may be, or none is left.</exception>
    public void RequireFewDropped(double maximum, ImmutableArray<TakenRows> taken)
    {
        var (dropped, all) = (Dropped.Length, Dropped.Length + Rows.Length);
        if (all == 0)
        {
            throw new ExperimentException($"expected rows; found none: {(taken.IsEmpty ? "the dataset has no parts" : $"dataset.select leaves nothing of {taken.Sum(row => row.Found)} rows ({string.Join(", ", Reasons(taken))}); widen it")}");
        }

        if (Rows.IsEmpty || dropped > maximum * all)
        {
            throw new ExperimentException(string.Join('\n',
            [
                FormattableString.Invariant($"{dropped} of {all} rows cannot be used, expected a share of {maximum} at most; mend them, or allow more with maximumDropped:"),
                .. Dropped.Take(ShownReasons).Select(row => $"  {row.Id}: {row.Reason}"),
                .. dropped > ShownReasons ? [FormattableString.Invariant($"  and {dropped - ShownReasons} more")] : Array.Empty<string>(),
            ]));
        }
    }

    private static IEnumerable<string> Reasons(ImmutableArray<TakenRows> taken) =>
        from reason in new[] { ("of other classes", taken.Sum(row => row.OtherClass)), ("with regions that are too small", taken.Sum(row => row.Small)), ("not drawn", taken.Sum(row => row.NotDrawn)) }
        where reason.Item2 > 0
        select FormattableString.Invariant($"{reason.Item2} {reason.Item1}");

    /// <summary>Why there are no rows about a part; null: there are.</summary>
    private static string? Refusal(ReadPicture.Part part, string target, ImmutableArray<QuestionTemplate> questions, Options.AnswerOptions? answer)
    {
        var known = part.Source.Attributes;
        // A dataset on disk need not know everything of every row.
        if (new[] { target }.Concat(questions.SelectMany(question => question.Fields)).FirstOrDefault(field => known.GetValueOrDefault(field, "").Length == 0) is { } unknown)
        {
            return $"expected a value for the field {unknown}; the dataset has none for this row";
        }

        // A row whose own choices leave its label out can only be answered wrongly.
        if (answer?.Choices is { Column: { } column } choices && choices.OfRow(known) is var words && !words.Contains(known[target]))
        {
            return $"expected the label {known[target]} among the row's choices ({column}); found {(words.IsEmpty ? "none" : string.Join(", ", words))}";
        }

        return part.Problem;
    }

    private static IEnumerable<ExperimentRow> Asked(SharedPicture picture, int group, PicturePart part, string target, ImmutableArray<QuestionTemplate> questions, ChatTemplate template)
    {
        ExperimentRow Row(int asked, string id, string question) => new()
        {
            Id = id,
            Image = group,
            Label = part.Attributes[target],
            Question = question,
            Asked = asked,
            Prompt = template.Render(question),
            Source = picture,
            Part = part,
        };

        // Asked in one way, a row is named like its part.
        return questions.Length < 2
            ? [Row(0, part.Id, questions.IsEmpty ? "" : questions[0].Fill(part.Attributes))]
            : questions.Select((question, index) => Row(index, FormattableString.Invariant($"{part.Id} question {index + 1}"), question.Fill(part.Attributes)));
    }
}
