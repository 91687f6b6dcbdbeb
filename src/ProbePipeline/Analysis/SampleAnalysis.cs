using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Probes.Results;
using ProbePipeline.Rows;

namespace ProbePipeline.Analysis;

/// <summary>A few rows as the report shows them: the picture with its region, the question, and what the model answered under every condition.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Store">Its features.</param>
internal sealed record SampleAnalysis(PreparedExperiment Experiment, FeatureStore Store)
{
    private const int Count = 6;

    /// <summary>Test rows at equal distances, so that no picture is chosen for what it shows.</summary>
    public ImmutableArray<int> Chosen
    {
        get
        {
            var test = Experiment.Task.Rows.Test;
            var count = Math.Min(Count, test.Length);
            return [.. Enumerable.Range(0, count).Select(index => test[(int)((long)index * test.Length / count)])];
        }
    }

    /// <param name="answers">The answers by condition; none where the model was asked nothing.</param>
    /// <param name="written">What the model wrote itself; null: nothing.</param>
    public ImmutableArray<SampleRow> Show(IReadOnlyDictionary<string, AnswerAnalysis> answers, WrittenAnswers? written)
    {
        string[] conditions = [.. Experiment.Options.Conditions.Select(condition => condition.Name).Where(answers.ContainsKey)];
        var texts = conditions.Select(condition => (condition, Texts: written?.Texts(Store, condition) ?? [])).Where(text => !text.Texts.IsEmpty).ToArray();
        return
        [
            .. from row in Chosen
               let shown = Experiment.Rows.Rows[row]
               select new SampleRow(
                   shown.Id,
                   shown.Question,
                   shown.Label,
                   new(conditions.Select(condition => KeyValuePair.Create(condition, Said(answers[condition].Choices[row])))),
                   SamplePicture.Png(shown.Picture, shown.Region))
               {
                   Written = new(texts.Select(text => KeyValuePair.Create(text.condition, text.Texts[row]))),
               },
        ];
    }

    private string Said(int choice) => choice == AnswerMatch.None ? "none of the choices" : Experiment.Choices[choice];
}
