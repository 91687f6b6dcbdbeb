using System.Collections.Immutable;
using Microsoft.ML;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Capture.Tests;

public sealed class CaptureCatalogTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly ProbedModel _model = Study.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void ScoreAnswers_ChoicesOfSeveralTokens_AreTheSumsOfTheirTokensLikelihoods()
    {
        ImmutableArray<string> choices = ["wheel", "red wheel", "the roof part"];
        var scenes = SceneRow.View(_ml, 1);
        var cut = Study.Conditions[4];
        var options = new AnswerOptions { Conditions = [cut], Choices = choices, PromptEnd = "ASSISTANT:" };
        var rows = new ColumnReader(_ml.Transforms.ScoreAnswers(_model, options).Fit(scenes).Transform(scenes));
        var (sums, means) = (rows.Vectors<float>("region-only/answer.log_likelihood"), rows.Vectors<float>("region-only/answer.log_likelihood_per_token"));
        foreach (var (index, row) in SceneRow.Of(1).Index())
        {
            foreach (var (place, choice) in choices.Index())
            {
                var expected = StepByStep(row, choice, cut.Blocks, out var tokens);
                Assert.Equal(expected, sums[(index * choices.Length) + place], 1e-3);
                Assert.Equal(expected / tokens, means[(index * choices.Length) + place], 1e-3);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ScoreAnswers_Choice_IsTheLikeliestAsAsked(bool perToken)
    {
        var scenes = SceneRow.View(_ml, 3);
        var options = new AnswerOptions { Choices = ["wheel", "red wheel", "roof"], PromptEnd = "ASSISTANT:", LengthNormalized = perToken };
        var rows = new ColumnReader(_ml.Transforms.ScoreAnswers(_model, options).Fit(scenes).Transform(scenes));
        var scores = rows.Vectors<float>(perToken ? "intact/answer.log_likelihood_per_token" : "intact/answer.log_likelihood").Chunk(3);
        Assert.Equal(scores.Select(row => (uint)Array.IndexOf(row, row.Max()) + 1), rows.Keys("intact/answer.choice"));
    }

    [Fact]
    public void AnswerTokensOf_WordThatTheTokenizerCannotWrite_IsRefusedByName()
    {
        // CLIP's tokenizer writes everything in small letters.
        var tokenizer = TextTokenizer.Load(Path.Combine(Repository.Root, "tests", "goldens", "tokenizers", "clip-style", "tokenizer.json"));
        Assert.NotEmpty(AnswerTokens.Of(tokenizer, "a photo of a", "wheel"));
        var error = Assert.Throws<CaptureException>(() => AnswerTokens.Of(tokenizer, "a photo of a", "Wheel"));
        Assert.StartsWith("'Wheel': the tokenizer cannot write this word (it becomes 'a photo of a wheel", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GenerateAnswers_UnderEveryCondition_AreTheNetworksOwnWithoutTheirEnd()
    {
        var scenes = SceneRow.View(_ml, 3);
        var options = new GeneratedAnswerOptions { Conditions = Study.Conditions, MaxNewTokens = 4, BatchSize = 5 };
        var rows = new ColumnReader(_ml.Transforms.GenerateAnswers(_model, options).Fit(scenes).Transform(scenes));
        var (single, several) = (0, 0);
        foreach (var condition in Study.Conditions)
        {
            foreach (var (row, written) in SceneRow.Of(3).Zip(rows.Vectors<int>($"{condition.Name}/answer.generated").Chunk(4)))
            {
                var alone = _model.Network.Generate(
                    new Batch([_model.Read(row.Picture, row.Region, row.Prompt)]), new GenerationOptions { MaxNewTokens = 4, StopTokens = _model.EndTokens, Blocks = condition.Blocks })[0];
                int[] expected = [.. alone.Where(id => !_model.EndTokens.Contains(id))];
                Assert.Equal([.. expected, .. Enumerable.Repeat(-1, 4 - expected.Length)], written);
                Assert.Equal(_model.Tokenizer.Decode(expected, skipSpecialTokens: true).Trim(), _model.Decode(written));
                single += expected.Length == 1 ? 1 : 0;
                several += expected.Length > 1 ? 1 : 0;
            }
        }

        Assert.True(single > 0, $"{several} answers of several tokens");
    }

    [Fact]
    public void GenerateAnswers_NoToken_IsRefused() => Assert.Contains(
        "at least one token to write", Assert.Throws<CaptureException>(() => _ml.Transforms.GenerateAnswers(_model, new GeneratedAnswerOptions { MaxNewTokens = 0 })).Message, StringComparison.Ordinal);

    [Fact]
    public void ScoreAnswers_TwoChoicesOfTheSameTokens_AreRefused()
    {
        var error = Assert.Throws<CaptureException>(() => _ml.Transforms.ScoreAnswers(_model, new AnswerOptions { Choices = ["wheel", "roof", "wheel"] }));
        Assert.Contains("'wheel' and 'wheel' are the same tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CaptureHiddenStates_SiteThatTheModelLacks_IsRefusedWithTheSitesThatItHas()
    {
        var options = new HiddenStateOptions { Captures = [new(Site.ResidualPost(Tower.Language, 6), Pooling.RegionMean)] };
        var error = Assert.Throws<CaptureException>(() => _ml.Transforms.CaptureHiddenStates(_model, options));
        Assert.EndsWith("language.resid_post.5, language.final_norm; found language.resid_post.6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CaptureHiddenStates_PoolingOfSeveralVectorsARow_IsRefused()
    {
        var options = new HiddenStateOptions { Captures = [new(Site.Projector, Pooling.RegionTokens)] };
        Assert.StartsWith("projector (region-tokens): expected a pooling that gives one vector a row",
            Assert.Throws<CaptureException>(() => _ml.Transforms.CaptureHiddenStates(_model, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LensRank_LabelThatIsNotInTheList_IsRefusedByName()
    {
        var scenes = SceneRow.View(_ml, 1);
        var view = _ml.Transforms.LensRank(_model, Study.Lens() with { Labels = ["wheel", "eye"], Conditions = [CaptureCondition.Intact] }).Fit(scenes).Transform(scenes);
        Assert.StartsWith("column Label: expected one of the labels wheel, eye; found '", Assert.Throws<CaptureException>(() => new ColumnReader(view)).Message, StringComparison.Ordinal);
    }

    /// <summary>The answer's log-likelihood, one token a forward.</summary>
    private double StepByStep(SceneRow row, string choice, ImmutableArray<AttentionBlock> blocks, out int tokens)
    {
        using var scope = NewDisposeScope();
        var prompt = new PromptRowReader(_model).Read(row.Picture, row.Region, row.Prompt);
        var answer = AnswerTokens.Of(_model.Tokenizer, "ASSISTANT:", choice);
        tokens = answer.Length;
        var sum = 0.0;
        for (var step = 0; step < answer.Length; step++)
        {
            var soFar = prompt with { TokenIds = prompt.TokenIds.AddRange(answer[..step]), GeneratedCount = step };
            using var result = _model.Network.Forward(new Batch([soFar]), new ForwardRequest { Blocks = blocks, LogitsAt = step == 0 ? TokenSet.Last : TokenSet.Generated });
            sum += result.Logits!.Values[-1].log_softmax(0)[answer[step]].ToDouble();
        }

        return sum;
    }
}
