using ProbePipeline.Capture;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>Which choice counts as the answer, on the sample model with few pictures.</summary>
public sealed class AnswerScoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_EveryScore_ReportsAllAndCountsTheChosenOneOnTheSameFeatures()
    {
        var sum = Run("sum");
        Assert.Equal(["sum", "per-token"], sum.Answer!.Scores.Select(score => score.Score));
        Assert.Equal(sum.Answer.TestAccuracy, sum.Answer.Scores[0].TestAccuracy);

        // The same folder: another score needs no other features, or the store would be refused.
        var calibrated = Run("calibrated");
        Assert.Equal(["calibrated", "sum", "per-token"], calibrated.Answer!.Scores.Select(score => score.Score));
        Assert.Equal(calibrated.Answer.TestAccuracy, calibrated.Answer.Scores[0].TestAccuracy);
        Assert.Equal(sum.Answer.Scores, calibrated.Answer.Scores[1..]);
        Assert.InRange(calibrated.Answer.TestAccuracy, 0.5, 1);
        Assert.Contains("calibrated: less what the choice gets without the picture", File.ReadAllText(_folder["run/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void LogLikelihoods_OfAPrompt_AreThoseOfItsTokensWithoutThePicture()
    {
        using var model = SampleModel.Load();
        var options = new Capture.AnswerOptions { Choices = ["wheel", "door", "leaf"], PromptEnd = "ASSISTANT:" };
        string[] prompts = ["USER: <image>\nWhat is the red part? ASSISTANT:", "USER: <image>\nWhat is the blue part? ASSISTANT:", "USER: <image>\nWhat is the red part? ASSISTANT:"];
        var scores = BlindAnswers.LogLikelihoods(model, options, prompts, TestContext.Current.CancellationToken);
        Assert.Equal(scores[0], scores[2]);
        Assert.All(scores.SelectMany(row => row), score => Assert.True(score < 0));
    }

    public void Dispose() => _folder.Dispose();

    private Probes.Results.ConditionResults Run(string score) => new Experiment(ExperimentFile.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        $"model='{SampleModel.Folder}'", "dataset.images=20", $"answer.score={score}", "conditions={ intact: [], decoder-cut: [{ tower: language, from: image, to: image }] }", "probe=null", "lens=null",
        "capture.sites=[projector]", $"output='{_folder["run"]}'")).Run(cancellation: TestContext.Current.CancellationToken).Results.Conditions["intact"];
}
