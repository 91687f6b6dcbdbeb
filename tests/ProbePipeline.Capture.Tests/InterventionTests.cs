using System.Collections.Immutable;
using Microsoft.ML;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture.Tests;

public sealed class InterventionTests : IDisposable
{
    private static readonly Site Middle = Site.ResidualPost(Tower.Language, 1);

    private readonly MLContext _ml = new();
    private readonly ProbedModel _model = Study.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Transform_PatchFromAnotherCondition_GivesTheDonorsStatesAtTheSiteToTheBit()
    {
        var (cut, site) = (Study.Conditions[1], Site.Projector);
        var patched = new CaptureCondition("patched", []) { Patches = [new ConditionPatch(site, TokenSet.Image, cut)] };
        var read = Read([CaptureCondition.Intact, cut, patched]);
        Assert.Equal(read.Vectors<float>($"vision-cut/{site}"), read.Vectors<float>($"patched/{site}"));
        // The whole picture comes from the donor and nothing of the decoder is cut: all behind it is the donor's.
        Assert.Equal(read.Vectors<float>($"vision-cut/{Middle}"), read.Vectors<float>($"patched/{Middle}"));
        Assert.Equal(read.Vectors<float>("vision-cut/answer.log_likelihood"), read.Vectors<float>("patched/answer.log_likelihood"));
        Assert.NotEqual(read.Vectors<float>($"intact/{site}"), read.Vectors<float>($"patched/{site}"));
    }

    [Fact]
    public void Transform_ErasureOfWhatIsPatchedIn_LeavesNothingOfItsDirection()
    {
        var width = _model.Network.WidthOf(Middle);
        float[] direction = [.. Enumerable.Range(0, width).Select(column => column == 3 ? 1f : 0)];
        var erasure = new StateErasure(Middle, TokenSet.Image, new LinearEdit([.. Enumerable.Repeat(0.25f, width)], [.. direction], [.. direction]));
        var condition = new CaptureCondition("both", []) { Patches = [new ConditionPatch(Middle, TokenSet.Image, Study.Conditions[2])], Erasures = [erasure] };
        var read = Read([CaptureCondition.Intact, condition]);
        Assert.All(read.Vectors<float>($"both/{Middle}").Chunk(width), row => Assert.Equal(0.25f, row[3], 5));
        Assert.Contains(read.Vectors<float>($"intact/{Middle}").Chunk(width), row => Math.Abs(row[3] - 0.25f) > 0.05f);
    }

    [Fact]
    public void LoadWithNetworks_SavedInterventions_GiveTheSame()
    {
        var width = _model.Network.WidthOf(Middle);
        float[] direction = [.. Enumerable.Range(0, width).Select(column => column % 7 * 0.125f)];
        float[] mean = [.. Enumerable.Range(0, width).Select(column => column % 5 * 0.5f)];
        var replacing = new AttentionBlock(Tower.Language, TokenSet.Question, TokenSet.Image)
        {
            Layers = LayerSelection.Of(0, 1),
            Means = new KeyMeans(ImmutableSortedDictionary<int, ImmutableArray<float>>.Empty.Add(0, [.. mean]).Add(1, [.. direction])),
        };
        var condition = new CaptureCondition("both", [new AttentionBlock(Tower.Language, TokenSet.Last, TokenSet.Region), replacing])
        {
            Patches = [new ConditionPatch(Site.Projector, TokenSet.Region + TokenSet.Outside, Study.Conditions[1])],
            Erasures = [new StateErasure(Middle, TokenSet.All, new LinearEdit([.. direction], [.. direction], [.. direction]))],
        };
        var scenes = SceneRow.View(_ml, 1);
        var path = Path.GetTempFileName();
        try
        {
            var fitted = States([condition]).Fit(scenes);
            _ml.Model.Save(fitted, scenes.Schema, path);
            using var loaded = _ml.Model.LoadWithNetworks(path, out _);
            Assert.Equal(new ColumnReader(fitted.Transform(scenes)).Vectors<float>($"both/{Middle}"), new ColumnReader(loaded.Transformer.Transform(scenes)).Vectors<float>($"both/{Middle}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void CaptureHiddenStates_DonorThatIsPatchedItself_IsRefused()
    {
        var donor = new CaptureCondition("donor", []) { Patches = [new ConditionPatch(Site.Projector, TokenSet.Image, CaptureCondition.Intact)] };
        var condition = new CaptureCondition("chain", []) { Patches = [new ConditionPatch(Middle, TokenSet.Image, donor)] };
        var error = Assert.Throws<CaptureException>(() => States([condition]));
        Assert.Equal(
            "condition 'chain', language.resid_post.1, tokens image: the states of donor: expected a donor that takes nothing from another condition itself; found one that does",
            error.Message);
    }

    [Fact]
    public void Transform_TwoErasuresUnderOneName_AreRefused()
    {
        var width = _model.Network.WidthOf(Middle);
        CaptureCondition Erased(float first) => new("one", [])
        {
            Erasures = [new StateErasure(Middle, TokenSet.All, new LinearEdit([first, .. new float[width - 1]], [], []))],
        };
        var pipeline = States([Erased(0)]).Append(_ml.Transforms.ScoreAnswers(_model, Study.Answers() with { Conditions = [Erased(1)] }));
        Assert.Throws<CaptureException>(() => pipeline.Fit(SceneRow.View(_ml, 1)));
    }

    [Fact]
    public void LogLikelihoods_WithoutThePicture_AreTheSameForEveryRowThatAsksTheSame()
    {
        const string Prompt = "USER: <image>\nWhat is the red part? ASSISTANT:";
        Assert.Equal("USER: What is the red part? ASSISTANT:", BlindAnswers.WithoutPicture(_model, Prompt));
        var other = Prompt.Replace("red", "blue", StringComparison.Ordinal);
        var scores = BlindAnswers.LogLikelihoods(_model, Study.Answers(), [Prompt, other, Prompt], TestContext.Current.CancellationToken);
        Assert.Equal(scores[0], scores[2]);
        Assert.NotEqual(scores[0], scores[1]);
        Assert.All(scores, row => Assert.Equal(Study.Parts.Length, row.Length));
        Assert.Contains("expected a prompt with the picture's placeholder <image>", Assert.Throws<CaptureException>(() => BlindAnswers.WithoutPicture(_model, "What?")).Message, StringComparison.Ordinal);
    }

    private ColumnReader Read(ImmutableArray<CaptureCondition> conditions)
    {
        var scenes = SceneRow.View(_ml, 2);
        var pipeline = States(conditions).Append(_ml.Transforms.ScoreAnswers(_model, Study.Answers() with { Conditions = conditions }));
        return new ColumnReader(pipeline.Fit(scenes).Transform(scenes));
    }

    private NetworkEstimator States(ImmutableArray<CaptureCondition> conditions) => _ml.Transforms.CaptureHiddenStates(
        _model, new HiddenStateOptions { Conditions = conditions, Captures = [new(Site.Projector, Pooling.RegionMean), new(Middle, Pooling.ImageMean)] });
}
