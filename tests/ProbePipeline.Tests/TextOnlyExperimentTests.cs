using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Tests;

/// <summary>Experiments on language models by themselves: what can be read from the question alone.</summary>
public sealed class TextOnlyExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("llama")]
    [InlineData("qwen2")]
    [InlineData("phi3")]
    public void Run_DecoderAlone_ProbesAndAnswersFromTheQuestion(string golden)
    {
        var results = new Experiment(Read(golden)).Run(cancellation: TestContext.Current.CancellationToken).Results;

        Assert.Equal(["intact", "last-cut"], results.Conditions.Keys);
        Assert.All(results.Conditions.Values, condition =>
        {
            Assert.NotNull(condition.Answer);
            Assert.All(condition.Probes, probe => Assert.StartsWith("language.resid_post.", probe.Site, StringComparison.Ordinal));
        });
        // The question names what makes the part, so it can be read from its tokens; a last token that is cut off from them knows nothing.
        var (intact, cut) = (Accuracy("intact", "question-mean"), Accuracy("last-cut", "last"));
        Assert.True(intact > cut + 0.3, $"{intact} and {cut}");
        Assert.True(File.Exists(Path.Combine(_folder["run"], "report.html")));

        double Accuracy(string condition, string pooling) => results.Conditions[condition].Probes.Single(probe => probe.Site == $"language.resid_post.3@{pooling}").TestAccuracy;
    }

    [Fact]
    public void WriteSheets_DecoderAlone_ShowItsPrompt()
    {
        var experiment = new Experiment(Read("llama"));
        experiment.WriteTokenSheet(_folder["tokens.html"]);
        experiment.WriteDatasetSheet(_folder["look.html"], 2);
        Assert.Contains("The prompt: A ", File.ReadAllText(_folder["tokens.html"]), StringComparison.Ordinal);
        Assert.Contains("right answer:", File.ReadAllText(_folder["look.html"]), StringComparison.Ordinal);
        Assert.Contains(experiment.Plan(TestContext.Current.CancellationToken).Lines, line => line.What == "tokens" || line.Value.Contains("token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("answer.blind=true", "all its answers are given without one")]
    [InlineData("answer.score=calibrated", "there is nothing to calibrate by")]
    [InlineData("lens={ labels: parts }", "there are no tokens of a region to read")]
    [InlineData("capture.pooling=region-mean", "there are no tokens for region-mean; expected question-mean or last")]
    public void Open_WhatNeedsAPicture_IsRefused(string set, string message) => Assert.Contains(
        message,
        Assert.Throws<ExperimentException>(() => PreparedExperiment.Open(Read("llama", set), cancellation: TestContext.Current.CancellationToken)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("vision", "all", "all", "the network has no")]
    [InlineData("language", "question", "image", "the token set 'image' does not exist")]
    [InlineData("language", "last", "region", "the token set 'region' does not exist")]
    public void Run_CutOfWhatIsNotThere_IsRefused(string tower, string from, string to, string message) => Assert.Contains(
        message,
        Assert.ThrowsAny<Exception>(() => new Experiment(Read("llama", $"conditions={{ intact: [], cut: [{{ tower: {tower}, from: {from}, to: {to} }}] }}")).Run(cancellation: TestContext.Current.CancellationToken)) is var error
            && ExpectedErrors.Contains(error) ? error.Message : $"unforeseen: {error}",
        StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private ExperimentOptions Read(string golden, params string[] set)
    {
        GoldenCheckpoint.Write(_folder["model"], golden, processor: null);
        return ExperimentFile.Parse(
            $$"""
            model: '{{_folder["model"]}}'
            dataset: { name: partscenes, images: 30 }
            answer: { question: 'A {object}: what is {shape}?' }
            conditions: { intact: [], last-cut: [{ tower: language, from: last, to: all }] }
            capture: { sites: [language.resid_post.3], pooling: [last, question-mean] }
            probe: { l2: 0.001, bootstrap: { count: 100 } }
            output: '{{_folder["run"]}}'
            """,
            "text.yaml",
            set);
    }
}
