using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>Experiments on a dataset on disk, which is the generated one as files.</summary>
public sealed class ManifestExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ManifestExperimentTests() => DatasetExport.Write(new PartScenes(seed: 11, pictureCount: 20), Path.Combine(_folder.Path, "export"), cancellation: TestContext.Current.CancellationToken);

    private string Manifest => Path.Combine(_folder.Path, "export", "manifest.jsonl");

    [Fact]
    public void Run_ExportedDataset_GivesWhatTheGeneratedOneGives()
    {
        var generated = Run("generated", "dataset.images=20");
        var read = Run("read", $"dataset={{ name: manifest, path: '{Manifest}' }}");
        // The very same pixels, regions, prompts and labels.
        Assert.Equal(generated.Provenance.DatasetHash, read.Provenance.DatasetHash);
        Assert.All(generated.Conditions, condition =>
        {
            Assert.Equal(condition.Value.Answer!.Accuracy, read.Conditions[condition.Key].Answer!.Accuracy);
            Assert.Equal(condition.Value.Probes.Select(probe => probe.Site), read.Conditions[condition.Key].Probes.Select(probe => probe.Site));
        });
        Assert.Equal(generated.Classes.Order(StringComparer.Ordinal), read.Classes);
    }

    [Fact]
    public void Plan_GivenSplitAndGroups_KeepsThemTogether()
    {
        var lines = File.ReadAllLines(Manifest).Select((line, row) => line[..^1] + $", \"split\": \"{(row / 12 < 7 ? "train" : "test")}\", \"group\": \"pair {row / 12}\"}}");
        File.WriteAllLines(Path.Combine(_folder.Path, "export", "split.jsonl"), lines);
        using var prepared = PreparedExperiment.Open(Read($"dataset={{ name: manifest, path: '{Path.Combine(_folder.Path, "export", "split.jsonl")}' }}", "probe.split={ by: image, order: given, train: 0.75, validation: 0.25 }"), cancellation: TestContext.Current.CancellationToken);
        // Ten pairs of pictures: seven train, of which a quarter validates; three test.
        Assert.Equal((60, 24, 36), (prepared.Task.Rows.Split.Train.Length, prepared.Task.Rows.Split.Validation.Length, prepared.Task.Rows.Split.Test.Length));
        Assert.Equal([.. Enumerable.Range(84, 36)], prepared.Task.Rows.Split.Test);
        Assert.Equal(10, prepared.Rows.Rows.Select(row => row.Image).Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_ChoicesOfEveryRow_AreThoseItMayAnswer(bool asList)
    {
        // A row may choose between its part and one that the model says nowhere near as gladly, so that it is right nearly always.
        string[] parts = [.. new PartScenes(seed: 11, pictureCount: 1).Attributes.Single(attribute => attribute.Name == "part").Values];
        var lines = File.ReadAllLines(Manifest).Select(line =>
        {
            var row = System.Text.Json.Nodes.JsonNode.Parse(line)!;
            var part = row["attributes"]!["part"]!.GetValue<string>();
            string[] own = [part, parts[(Array.IndexOf(parts, part) + 1) % parts.Length]];
            row["options"] = asList ? new System.Text.Json.Nodes.JsonArray([.. own.Select(word => (System.Text.Json.Nodes.JsonNode)word)]) : string.Join(" | ", own);
            return row.ToJsonString();
        });
        var path = Path.Combine(_folder.Path, "export", "options.jsonl");
        File.WriteAllLines(path, lines);

        var all = Run("all", $"dataset={{ name: manifest, path: '{path}' }}");
        var own = Run("own", $"dataset={{ name: manifest, path: '{path}' }}", "answer.choices={ column: options }", "answer.blind=true");

        Assert.Equal(0.5, own.GuessedAnswers);
        Assert.Null(all.GuessedAnswers);
        Assert.True(own.Conditions["intact"].Answer!.Accuracy >= all.Conditions["intact"].Answer!.Accuracy);
        Assert.InRange(own.BlindAnswer!.Accuracy, 0.3, 0.7);
    }

    [Fact]
    public void Open_ChoicesThatLeaveTheLabelOut_AreDroppedWithTheReason()
    {
        var lines = File.ReadAllLines(Manifest).Select((line, row) => line[..^1] + $", \"options\": \"{(row == 0 ? "nothing|else" : "wheel|door|body|leaf|roof|fin|cabin|trunk|crown|sail|hull|mast|wing|tail|window|head|leg|eye|petal|stem|pot|base|shade|handle|spout|lid|seat|back")}\"}}");
        var path = Path.Combine(_folder.Path, "export", "wrong.jsonl");
        File.WriteAllLines(path, lines);

        using var prepared = PreparedExperiment.Open(
            Read($"dataset={{ name: manifest, path: '{path}' }}", "answer.choices={ column: options }", "maximumDropped=1", "lens=null"), cancellation: TestContext.Current.CancellationToken);

        Assert.Contains("among the row's choices (options); found nothing, else", prepared.Rows.Dropped[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_GivenSplitThatTheDatasetLacks_IsRefusedByRow()
    {
        var error = Assert.Throws<ExperimentException>(() => PreparedExperiment.Open(Read($"dataset={{ name: manifest, path: '{Manifest}' }}", "probe.split={ order: given }"), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("expected the part of the dataset's own split", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Selection_SaysWhatIsTaken()
    {
        var plan = new Experiment(Read($"dataset={{ name: manifest, path: '{Manifest}', select: {{ classes: [wheel, door, leaf], balanced: true }} }}")).Plan(TestContext.Current.CancellationToken);
        Assert.Contains("wheel", plan.Lines.Single(line => line.What == "taken").Value, StringComparison.Ordinal);
        Assert.StartsWith("3: door, leaf, wheel", plan.Lines.Single(line => line.What == "classes").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SelectionThatLeavesNothing_SaysWhatTookTheRows()
    {
        var error = Assert.Throws<ExperimentException>(() => PreparedExperiment.Open(
            Read($"dataset={{ name: manifest, path: '{Manifest}', select: {{ classes: [wheel, door], smallestRegion: 1000000 }} }}"), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("dataset.select leaves nothing of 120 rows (", error.Message, StringComparison.Ordinal);
        Assert.Contains("with regions that are too small); widen it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_RowsWithoutTheAskedField_AreDroppedWithTheReason()
    {
        File.WriteAllLines(Path.Combine(_folder.Path, "export", "some.jsonl"), File.ReadAllLines(Manifest).Select((line, row) => row == 3 ? line.Replace("\"color\"", "\"colour\"", StringComparison.Ordinal) : line));
        using var prepared = PreparedExperiment.Open(Read($"dataset={{ name: manifest, path: '{Path.Combine(_folder.Path, "export", "some.jsonl")}' }}", "probe.control=null"), cancellation: TestContext.Current.CancellationToken);
        var dropped = Assert.Single(prepared.Rows.Dropped);
        Assert.Contains("expected a value for the field color", dropped.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dataset={ name: manifest }", "expected the key path")]
    [InlineData("dataset={ name: manifest, path: none.jsonl }", "there is none of this name")]
    [InlineData("dataset={ name: partscenes, path: x }", "a dataset of the form partscenes has no path")]
    [InlineData("dataset={ name: panoptic-parts, path: x }", "expected the keys path, pictures and definitions")]
    [InlineData("dataset={ name: manifests, path: x }", "did you mean \"manifest\"?")]
    [InlineData("probe.split={ order: given }", "partscenes has no split of its own")]
    public void Read_DatasetThatCannotBe_IsSaid(string set, string expected)
    {
        var error = Assert.Throws<ExperimentFileException>(() => Read(set));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FieldThatTheTableLacks_IsSaidWithTheNearest()
    {
        var error = Assert.Throws<ExperimentFileException>(() => Read($"dataset={{ name: manifest, path: '{Manifest}' }}", "probe.target=parts"));
        Assert.Contains("did you mean \"part\"?", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static ExperimentOptions Read(params string[] set) =>
        ExperimentFile.Read(Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"), [$"model='{SampleModel.Folder}'", .. set]);

    private Probes.Results.ExperimentResults Run(string name, string dataset, params string[] set) => new Experiment(Read(
        [dataset, "probe.l2=0.1", "probe.bootstrap.count=100", $"output='{Path.Combine(_folder.Path, name)}'", "conditions.both-cut=null", "conditions.region-only=null", "capture.sites=[projector]", .. set])).Run(cancellation: TestContext.Current.CancellationToken).Results;
}
