using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture.Saving;
using ProbePipeline.Capture.Views;
using ProbePipeline.Models;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Capture.Tests;

public sealed class NetworkTransformerTests : IDisposable
{
    private static readonly SiteCapture LastLayer = new(Site.ResidualPost(Tower.Language, 5), Pooling.RegionMean);

    private readonly MLContext _ml = new(seed: 1);
    private readonly ProbedModel _model = Study.Load();

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Transform_OnlyOtherColumnsRead_RunsNoForward()
    {
        var rows = SceneRow.Of(2);
        var scenes = _ml.Data.LoadFromEnumerable(rows);
        var view = States(LastLayer).Fit(scenes).Transform(scenes);
        Assert.Equal(rows.Select(row => row.Label), view.GetColumn<string>("Label"));
        Assert.Equal(12, view.GetRowCount() ?? view.GetColumn<int>("Image").Count());
        Assert.All(rows, row => Assert.Equal(0, row.PicturesAskedFor));
        Assert.Equal(12, view.GetColumn<float[]>($"intact/{LastLayer.Site}").Count());
        Assert.All(rows, row => Assert.Equal(1, row.PicturesAskedFor));
    }

    [Fact]
    public void Transform_AnyBatchSize_GivesTheRowsOneByOne()
    {
        var scenes = SceneRow.View(_ml, 2);
        var alone = Read(scenes, 1);
        foreach (var batchSize in new[] { 5, 12, 64 })
        {
            var together = Read(scenes, batchSize);
            Assert.All(alone.Zip(together), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }

        float[] Read(IDataView view, int batchSize) =>
            new ColumnReader(_ml.Transforms.CaptureHiddenStates(_model, new HiddenStateOptions { Captures = [LastLayer], BatchSize = batchSize }).Fit(view).Transform(view))
                .Vectors<float>($"intact/{LastLayer.Site}");
    }

    [Fact]
    public void Transform_RowsPassedOver_GivesTheSameAsReadingAll()
    {
        var scenes = SceneRow.View(_ml, 4);
        var view = _ml.Transforms.CaptureHiddenStates(_model, new HiddenStateOptions { Captures = [LastLayer], BatchSize = 4 }).Fit(scenes).Transform(scenes);
        var name = $"intact/{LastLayer.Site}";
        var all = view.GetColumn<float[]>(name).ToArray();
        using var cursor = view.GetRowCursor([view.Schema[name]]);
        var get = cursor.GetGetter<VBuffer<float>>(view.Schema[name]);
        var value = default(VBuffer<float>);
        while (cursor.MoveNext())
        {
            if (cursor.Position % 11 == 10)
            {
                get(ref value);
                Assert.Equal(all[cursor.Position], value.DenseValues());
            }
        }
    }

    [Fact]
    public void Transform_ThreeTransformsOfOneModel_ShareOneView()
    {
        var scenes = SceneRow.View(_ml, 1);
        var pipeline = States(LastLayer).Append(_ml.Transforms.ScoreAnswers(_model, Study.Answers())).Append(_ml.Transforms.LensRank(_model, Study.Lens()));
        var view = Assert.IsType<NetworkView>(pipeline.Fit(scenes).Transform(scenes));
        Assert.Same(scenes, view.Source);
        Assert.Equal(1 + (3 * 5) + (2 * 5), view.Columns.Length);
    }

    [Fact]
    public void Schema_OfAStateColumn_NamesConditionSitePoolingAndSlots()
    {
        var scenes = SceneRow.View(_ml, 1);
        var column = States(LastLayer).Fit(scenes).GetOutputSchema(scenes.Schema)["intact/language.resid_post.5"];
        Assert.Equal(128, ((VectorDataViewType)column.Type).Size);
        Assert.Equal("intact", Text(column, "Condition"));
        Assert.Equal("language.resid_post.5", Text(column, "Site"));
        Assert.Equal("region-mean", Text(column, "Pooling"));
        var slots = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetSlotNames(ref slots);
        Assert.Equal("language.resid_post.5[127]", slots.GetItemOrDefault(127).ToString());
    }

    [Fact]
    public void Fit_PipelineThatEndsInATrainer_LearnsFromTheStates()
    {
        var scenes = SceneRow.View(_ml, 30);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Class", "Label")
            .Append(States(LastLayer))
            .Append(_ml.Transforms.NormalizeMeanVariance("Features", "intact/language.resid_post.5", fixZero: false, useCdf: false))
            .Append(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class", l1Regularization: 0, l2Regularization: 1))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        var model = pipeline.Fit(scenes);
        var predicted = model.Transform(scenes).GetColumn<string>("Predicted").Zip(scenes.GetColumn<string>("Label"), (one, other) => one == other);
        Assert.InRange(predicted.Average(right => right ? 1.0 : 0), 0.9, 1);
    }

    [Fact]
    public void Save_PipelineWithAllTransforms_LoadsToTheSameColumns()
    {
        var scenes = SceneRow.View(_ml, 2);
        var chain = _ml.Transforms.CopyColumns("Name", "Id")
            .Append(_ml.Transforms.CaptureHiddenStates(_model, new HiddenStateOptions { Conditions = Study.Conditions, Captures = [LastLayer, new(Site.ResidualPost(Tower.Vision, 2), Pooling.ImageMean)] }))
            .Append(_ml.Transforms.ScoreAnswers(_model, Study.Answers() with { LengthNormalized = true }))
            .Append(_ml.Transforms.LensRank(_model, Study.Lens()))
            .Append(_ml.Transforms.GenerateAnswers(_model, new GeneratedAnswerOptions { Conditions = Study.Conditions, MaxNewTokens = 3 }))
            .Fit(scenes);
        var path = Path.GetTempFileName();
        try
        {
            _ml.Model.Save(chain, scenes.Schema, path);
            using var loaded = new MLContext().Model.LoadWithNetworks(path, out _);
            Assert.Single(loaded.Models);
            var (before, after) = (chain.Transform(scenes), loaded.Transformer.Transform(scenes));
            Assert.Equal(before.Schema.Select(column => $"{column.Name} {column.Type}"), after.Schema.Select(column => $"{column.Name} {column.Type}"));
            var (expected, actual) = (new ColumnReader(before), new ColumnReader(after));
            foreach (var condition in Study.Conditions)
            {
                Assert.Equal(expected.Vectors<float>($"{condition.Name}/{LastLayer.Site}"), actual.Vectors<float>($"{condition.Name}/{LastLayer.Site}"));
                Assert.Equal(expected.Keys($"{condition.Name}/answer.choice"), actual.Keys($"{condition.Name}/answer.choice"));
                Assert.Equal(expected.Vectors<int>($"{condition.Name}/lens.other_rank"), actual.Vectors<int>($"{condition.Name}/lens.other_rank"));
                Assert.Equal(expected.Vectors<int>($"{condition.Name}/answer.generated"), actual.Vectors<int>($"{condition.Name}/answer.generated"));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Save_UntrainedNetwork_LoadsAsTheSameUntrainedOne()
    {
        using var untrained = ProbedModel.Load(_model.Folder, new NetworkOptions { RandomSeed = 1 });
        var scenes = SceneRow.View(_ml, 1);
        var fitted = _ml.Transforms.CaptureHiddenStates(untrained, new HiddenStateOptions { Captures = [LastLayer] }).Fit(scenes);
        var path = Path.GetTempFileName();
        try
        {
            _ml.Model.Save(fitted, scenes.Schema, path);
            using var loaded = new MLContext().Model.LoadWithNetworks(path, out _);
            Assert.Equal(Read(fitted.Transform(scenes)), Read(loaded.Transformer.Transform(scenes)));
            Assert.NotEqual(Read(States(LastLayer).Fit(scenes).Transform(scenes)), Read(loaded.Transformer.Transform(scenes)));
        }
        finally
        {
            File.Delete(path);
        }

        static float[] Read(IDataView view) => new ColumnReader(view).Vectors<float>($"intact/{LastLayer.Site}");
    }

    [Fact]
    public void Save_TrainedNetwork_IsWrittenAsBeforeSeedsWereSaved()
    {
        var folder = JsonSerializer.Serialize(Path.GetFullPath(_model.Folder));
        Assert.Equal($$"""{"Folder":{{folder}},"Device":"cpu","Type":null,"RegionThreshold":0.25,"RegionTiles":0}""", JsonSerializer.Serialize(SavedModel.Of(_model)));
    }

    [Fact]
    public void Fit_InputWithoutARegion_IsRefusedByName()
    {
        var scenes = _ml.Transforms.DropColumns("Region").Fit(SceneRow.View(_ml, 1)).Transform(SceneRow.View(_ml, 1));
        var error = Assert.Throws<CaptureException>(() => States(LastLayer).Fit(scenes));
        Assert.StartsWith("expected a column 'Region' of type Region; found only ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_OneNameForTwoConditions_IsRefused()
    {
        var scenes = SceneRow.View(_ml, 1);
        var other = new CaptureCondition("intact", Study.Conditions[1].Blocks);
        var pipeline = States(LastLayer).Append(_ml.Transforms.ScoreAnswers(_model, Study.Answers() with { Conditions = [other] }));
        Assert.Contains("condition 'intact' changes [] here and [vision: all to all, layers all] there", Assert.Throws<CaptureException>(() => pipeline.Fit(scenes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transform_OneNameForTwoDonors_IsRefused()
    {
        var scenes = SceneRow.View(_ml, 1);
        ConditionPatch From(AttentionBlock cut) => new(Site.Projector, TokenSet.Image, new CaptureCondition("donor", [cut]));
        var patched = new CaptureCondition("patched", []) { Patches = [.. Study.Conditions[3].Blocks.Select(From)] };
        var pipeline = _ml.Transforms.CaptureHiddenStates(_model, new HiddenStateOptions { Conditions = [patched], Captures = [LastLayer] });
        Assert.Contains(
            "condition 'donor' changes [vision: all to all, layers all] here and [language: image to image, layers all] there; give them two names",
            Assert.Throws<CaptureException>(() => pipeline.Fit(scenes)).Message,
            StringComparison.Ordinal);
    }

    private static string Text(DataViewSchema.Column column, string annotation)
    {
        var value = default(ReadOnlyMemory<char>);
        column.Annotations.GetValue(annotation, ref value);
        return value.ToString();
    }

    private NetworkEstimator States(SiteCapture capture) => _ml.Transforms.CaptureHiddenStates(_model, new HiddenStateOptions { Captures = [capture] });
}
