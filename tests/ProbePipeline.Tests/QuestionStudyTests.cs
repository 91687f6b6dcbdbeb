using ProbePipeline.Options;
using ProbePipeline.Probes.Results;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>Parts that are asked about in several ways: the sample model knows one of them.</summary>
public sealed class QuestionStudyTests : IDisposable
{
    private const string Trained = "What is the {color} part?";
    private const string Foreign = "{color} or what";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_SeveralQuestions_AsksEveryPartInEachAndTellsThemApart()
    {
        var one = Run("one", $"answer.question='{Trained}'");
        var both = Run("both", $"answer.question=['{Trained}', '{Foreign}']");

        var answer = both.Conditions["intact"].Answer!;
        Assert.Equal(2 * one.Rows, both.Rows);
        Assert.Empty(one.Conditions["intact"].Answer!.Questions);
        Assert.Equal([Trained, Foreign], answer.Questions.Select(question => question.Question));
        // The first way of asking has the answers that it has by itself.
        var (alone, first) = (one.Conditions["intact"].Answer!, answer.Questions[0]);
        Assert.Equal((alone.TestAccuracy, alone.Low, alone.High), (first.TestAccuracy, first.Low, first.High));
        Assert.True(answer.Questions[1].TestAccuracy < first.TestAccuracy - 0.2);
        Assert.Equal((first.TestAccuracy + answer.Questions[1].TestAccuracy) / 2, answer.TestAccuracy, 1e-9);

        var report = File.ReadAllText(Path.Combine(_folder["both"], "report.md"));
        Assert.Contains("or what |", report, StringComparison.Ordinal);
        Assert.Contains("| spread", report, StringComparison.Ordinal);
        Assert.Equal(1 + (2 * both.Conditions.Count), File.ReadAllLines(Path.Combine(_folder["both"], "tables", "answer-questions.csv")).Length);
    }

    [Fact]
    public void Run_SeveralQuestionsWithPatches_TakesStatesFromTheSameQuestion()
    {
        var both = Run(
            "patched",
            $"answer.question=['{Trained}', 'Which part has the {{color}} colour, do you think?']",
            "conditions={ intact: [], other: [{ patch: language.resid_post.2, tokens: last, from: intact, rows: other }] }");
        Assert.Equal(2, both.Conditions["other"].Answer!.Questions.Length);
    }

    [Fact]
    public void Open_TargetInOneOfTheQuestions_IsRefused() => Assert.Contains(
        "this question holds its answer",
        Assert.Throws<ExperimentFileException>(() => Options("refused", $"answer.question=['{Trained}', 'Is this a {{part}}?']")).Message,
        StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private ExperimentResults Run(string name, params string[] set) => new Experiment(Options(name, set)).Run(cancellation: TestContext.Current.CancellationToken).Results;

    private ExperimentOptions Options(string name, params string[] set) => ExperimentFile.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            $"model='{SampleModel.Folder}'", "dataset.images=30", "conditions={ intact: [], decoder-cut: [{ tower: language, from: image, to: image }] }",
            "capture.sites=[projector]", "probe.l2=0.1", "probe.bootstrap.count=100", "lens=null", $"output='{_folder[name]}'", .. set,
        ]);
}
