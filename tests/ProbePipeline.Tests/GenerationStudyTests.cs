using ProbePipeline.Options;
using ProbePipeline.Probes.Results;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>Answers that the sample model writes itself: it was trained to answer with one word.</summary>
public sealed class GenerationStudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_Generate_ScoresWrittenAnswersBesideTheChoices()
    {
        var results = Run("answer.generate=6");

        foreach (var (name, condition) in results.Conditions)
        {
            var scores = condition.Answer!.Scores.ToDictionary(score => score.Score);
            Assert.Equal(["sum", "per-token", "generated-exact", "generated-normalized", "generated-contained"], condition.Answer.Scores.Select(score => score.Score));
            Assert.True(scores["generated-exact"].TestAccuracy <= scores["generated-normalized"].TestAccuracy, name);
            Assert.True(scores["generated-normalized"].TestAccuracy <= scores["generated-contained"].TestAccuracy, name);
        }

        // What it was trained on it writes as gladly as it chooses.
        var intact = results.Conditions["intact"].Answer!;
        Assert.Equal(intact.TestAccuracy, intact.Scores.Single(score => score.Score == "generated-exact").TestAccuracy, 0.1);
        Assert.True(intact.TestAccuracy > 0.8);
        Assert.All(results.Samples, sample =>
        {
            Assert.Equal(results.Conditions.Keys, sample.Written.Keys);
            Assert.DoesNotContain("</s>", sample.Written["intact"], StringComparison.Ordinal);
        });
        Assert.Contains("intact wrote: ", File.ReadAllText(Path.Combine(_folder["run"], "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ScoreOfWrittenAnswers_IsTheOneThatCounts()
    {
        var results = Run("answer.generate=6", "answer.score=generated-contained");

        Assert.All(results.Conditions.Values, condition =>
        {
            Assert.Equal("generated-contained", condition.Answer!.Scores[0].Score);
            Assert.Equal(condition.Answer.Scores[0].TestAccuracy, condition.Answer.TestAccuracy);
        });
    }

    [Fact]
    public void Read_ScoreOfWrittenAnswersWithoutGenerate_IsRefused() =>
        Assert.Contains("expected generate with a number of tokens", Assert.Throws<ExperimentFileException>(() => Options("answer.score=generated-exact")).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private ExperimentResults Run(params string[] set) => new Experiment(Options(set)).Run(cancellation: TestContext.Current.CancellationToken).Results;

    private ExperimentOptions Options(params string[] set) => ExperimentFile.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            $"model='{SampleModel.Folder}'", "dataset.images=30", "conditions={ intact: [], decoder-cut: [{ tower: language, from: image, to: image }] }",
            "capture.sites=[projector]", "probe.l2=0.1", "probe.bootstrap.count=100", "lens=null", $"output='{_folder["run"]}'", .. set,
        ]);
}
