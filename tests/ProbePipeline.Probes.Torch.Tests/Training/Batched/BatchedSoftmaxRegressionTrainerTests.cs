using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Probes.Applying;
using ProbePipeline.Probes.Tests;
using ProbePipeline.Probes.Training;
using ProbePipeline.Probes.Training.Batched;

namespace ProbePipeline.Probes.Torch.Tests.Training.Batched;

public sealed class BatchedSoftmaxRegressionTrainerTests : IDisposable
{
    private static readonly string[] Classes = ["wheel", "roof", "door"];
    private static readonly ImmutableArray<int> Labels = [.. Enumerable.Range(0, 120).Select(row => row * 7 / 4 % 3)];
    private static readonly FeatureMatrix Features = SyntheticFeatures.Separable(Labels, 5, 1, distance: 2);

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("trainer-").FullName;

    private IDataView Rows => View(row => Classes[Labels[row]], row => [.. Features[row]]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Fit_InAPipeline_IsTheOptimumOfTheObjective()
    {
        var model = Pipeline(_ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression(l2Regularization: 1e-2)).Fit(Rows);

        // Keys are in the order in which classes come up in the rows.
        float[] features = [.. Enumerable.Range(0, 120).SelectMany(row => Features[row].ToArray())];
        var expected = new LbfgsTrainer().Fit([new TrainingSet(features, 120, [new ProbeProblem(Labels, 3, 1e-2)])], TestContext.Current.CancellationToken)[0][0];
        string[] order = [.. Labels.Distinct().Select(label => Classes[label])];
        var scores = model.Transform(Rows).GetColumn<float[]>("Score").ToArray();
        var probabilities = expected.Probabilities(features, 120);
        for (var row = 0; row < 120; row++)
        {
            Assert.All(order.Index(), name => Assert.Equal(probabilities[row][Array.IndexOf(Classes, name.Item)], scores[row][name.Index], 1e-4));
        }

        Assert.Equal(order, model.LastTransformer.Probe.Classes);
        Assert.InRange(_ml.MulticlassClassification.Evaluate(model.Transform(Rows)).MicroAccuracy, 0.75, 0.99);
    }

    [Fact]
    public void Save_FittedPipeline_LoadsToTheSameScores()
    {
        var model = Pipeline(_ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression()).Fit(Rows);
        var path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, Rows.Schema, path);

        var loaded = new MLContext().Model.LoadWithProbes(path, out _);

        Assert.Equal(model.Transform(Rows).GetColumn<float[]>("Score").SelectMany(row => row), loaded.Transform(Rows).GetColumn<float[]>("Score").SelectMany(row => row));
    }

    [Fact]
    public void CrossValidate_ByMlNet_Works()
    {
        var folds = _ml.MulticlassClassification.CrossValidate(Rows, Pipeline(_ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression(l2Regularization: 1e-2)), numberOfFolds: 3);

        Assert.Equal(3, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.Metrics.MicroAccuracy, 0.6, 1));
    }

    [Fact]
    public void Fit_BeforeOtherSteps_TellsThemItsColumns()
    {
        // A chain asks every step for its columns before it fits the first one.
        var model = Pipeline(_ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression()).Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"))
            .Append(_ml.Transforms.NormalizeMinMax("Scaled", "Score")).Fit(Rows);

        Assert.All(model.Transform(Rows).GetColumn<string>("Predicted"), name => Assert.Contains(name, Classes));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Pipeline(_ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression()).Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "Score")).Fit(Rows));
    }

    [Theory]
    [InlineData("Name", "Features", "expected a column 'Name' of keys, such as MapValueToKey makes; found one of type String")]
    [InlineData("None", "Features", "expected a column 'None' of keys")]
    [InlineData("Label", "Name", "expected a column 'Name' of float vectors of one length; found one of type String")]
    [InlineData("Label", "None", "expected a column 'None' of float vectors of one length")]
    public void Fit_ColumnOfAnotherType_NamesIt(string label, string feature, string message)
    {
        var rows = _ml.Transforms.Conversion.MapValueToKey("Label", "Name").Fit(Rows).Transform(Rows);

        var error = Assert.Throws<ProbeException>(() => _ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression(label, feature).Fit(rows));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_OneClass_IsRefused() => AssertRefused(View(_ => "wheel", row => [.. Features[row]]), "Label: expected rows of at least two classes; found 120 rows of 1");

    [Fact]
    public void Fit_NoRows_IsRefused() => AssertRefused(_ml.Data.LoadFromEnumerable<Row>([]), "Label: expected rows of at least two classes; found 0 rows of 0");

    [Fact]
    public void Fit_FeatureThatIsNotFinite_NamesColumnAndRow() => AssertRefused(
        View(row => Classes[Labels[row]], row => row == 17 ? [0, 1, float.PositiveInfinity, 0, 0] : [.. Features[row]]), "Features: expected finite numbers; found Infinity in row 17, column 2");

    [Fact]
    public void Fit_RowWithoutALabel_NamesIt()
    {
        var known = _ml.Data.LoadFromEnumerable(Classes.Select(name => new Word { Value = name }));
        var rows = _ml.Transforms.Conversion.MapValueToKey("Label", "Name", keyData: known).Fit(Rows).Transform(View(row => row == 4 ? "sail" : Classes[Labels[row]], row => [.. Features[row]]));

        var error = Assert.Throws<ProbeException>(() => _ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression().Fit(rows));

        Assert.StartsWith("Label: expected a class in every row; found none in row 4", error.Message, StringComparison.Ordinal);
    }

    private EstimatorChain<ProbeTransformer> Pipeline(BatchedSoftmaxRegressionTrainer trainer) => _ml.Transforms.Conversion.MapValueToKey("Label", "Name").Append(trainer);

    private void AssertRefused(IDataView rows, string message)
    {
        var error = Assert.Throws<ProbeException>(() => Pipeline(_ml.MulticlassClassification.Trainers.BatchedSoftmaxRegression()).Fit(rows));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private IDataView View(Func<int, string> name, Func<int, float[]> features) =>
        _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(row => new Row { Name = name(row), Features = features(row) }));

    private sealed class Row
    {
        public string Name { get; set; } = "";

        [VectorType(5)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Word
    {
        public string Value { get; set; } = "";
    }
}
