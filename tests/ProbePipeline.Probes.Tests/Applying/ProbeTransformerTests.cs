using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Probes.Applying;

namespace ProbePipeline.Probes.Tests.Applying;

public sealed class ProbeTransformerTests : IDisposable
{
    private static readonly ImmutableArray<int> EveryRow = [.. Enumerable.Range(0, 60)];
    private static readonly LinearProbe Probe = SavedProbes.Fit("wheel", "roof", "door");

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-").FullName;

    private IDataView Rows => _ml.Data.LoadFromEnumerable(EveryRow.Select(row => new Row { State = [.. SavedProbes.Features[row]], Label = Probe.Classes[row % 3] }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Transform_Vectors_GivesTheProbesProbabilitiesAndClasses()
    {
        var view = _ml.Transforms.ApplyProbe(Probe, "State").Fit(Rows).Transform(Rows);
        var expected = Probe.Probabilities(SavedProbes.Features, EveryRow);

        Assert.Equal(expected.SelectMany(row => row).Select(value => (float)value), Scores(view));
        Assert.Equal(Probe.Predict(SavedProbes.Features, EveryRow).Select(index => (uint)index + 1), view.GetColumn<uint>("PredictedLabel"));
        Assert.Equal(Probe.Classes, Names(view, "Score", "SlotNames"));
        Assert.Equal(Probe.Classes, Names(view, "PredictedLabel", "KeyValues"));
    }

    [Fact]
    public void Evaluate_ByMlNet_IsTheProbesAccuracy()
    {
        var pipeline = _ml.Transforms.ApplyProbe(Probe, "State")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", keyData: _ml.Data.LoadFromEnumerable(Probe.Classes.Select(name => new Word { Value = name }))));
        var right = Probe.Predict(SavedProbes.Features, EveryRow).Where((label, row) => label == row % 3).Count();

        Assert.Equal(right / 60.0, _ml.MulticlassClassification.Evaluate(pipeline.Fit(Rows).Transform(Rows)).MicroAccuracy, 1e-12);
    }

    [Fact]
    public void Save_InAPipeline_LoadsToTheSameColumns()
    {
        var fitted = _ml.Transforms.CopyColumns("Copy", "State").Append(_ml.Transforms.ApplyProbe(Probe, "Copy", "Probability", "Part")).Fit(Rows);
        var path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(fitted, Rows.Schema, path);
        var loaded = new MLContext().Model.LoadWithProbes(path, out var schema);

        Assert.Contains("State", schema!.Select(column => column.Name));
        var (before, after) = (fitted.Transform(Rows), loaded.Transform(Rows));
        Assert.Equal(Scores(before, "Probability"), Scores(after, "Probability"));
        Assert.Equal(before.GetColumn<uint>("Part"), after.GetColumn<uint>("Part"));
        Assert.Equal(Probe.Classes, Names(after, "Probability", "SlotNames"));
    }

    [Fact]
    public void CreatePredictionEngine_OneRow_IsReadAlone()
    {
        var engine = _ml.Model.CreatePredictionEngine<Row, Reading>(_ml.Transforms.ApplyProbe(Probe, "State").Fit(Rows));
        var expected = Probe.Probabilities(SavedProbes.Features, [7])[0];

        Assert.Equal(expected.Select(value => (float)value), engine.Predict(new Row { State = [.. SavedProbes.Features[7]], Label = "" }).Score);
    }

    [Theory]
    [InlineData("Label", "expected a column 'Label' of vectors of 6 float numbers, as the probe was trained on; found one of type String")]
    [InlineData("Nothing", "expected a column 'Nothing' of vectors")]
    [InlineData("Short", "found one of type Vector<Single, 2>")]
    public void Fit_ColumnThatIsNoneOfTheProbes_IsNamed(string column, string message) => Assert.Contains(
        message, Assert.Throws<ProbeException>(() => _ml.Transforms.ApplyProbe(Probe, column).Fit(Rows)).Message, StringComparison.Ordinal);

    private static float[] Scores(IDataView view, string column = "Score") => [.. view.GetColumn<float[]>(column).SelectMany(row => row)];

    private static string[] Names(IDataView view, string column, string kind)
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        view.Schema[column].Annotations.GetValue(kind, ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private sealed class Row
    {
        [VectorType(6)]
        public required float[] State { get; init; }

        [VectorType(2)]
        public float[] Short { get; init; } = [0, 0];

        public required string Label { get; init; }
    }

    private sealed class Word
    {
        public required string Value { get; init; }
    }

    private sealed class Reading
    {
        public float[] Score { get; set; } = [];
    }
}
