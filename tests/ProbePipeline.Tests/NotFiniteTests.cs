using System.Text;
using System.Text.Json;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>NaN and infinity in states: whatever the experiment says, nothing silently computes with them.</summary>
public sealed class NotFiniteTests : IDisposable
{
    private const string Site = "language.resid_post.3";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_NetworkOverflows_StopsBeforeAnythingIsStoredOrDropsEveryRow()
    {
        var model = OverflowingModel();
        var error = Assert.Throws<CaptureException>(() => Run($"model={model}"));
        Assert.StartsWith($"intact, {Site}, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected finite states; found NaN or infinity in column ", error.Message, StringComparison.Ordinal);
        Assert.Contains("capture.notFinite: drop", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["report/features"], "chunk-*"));

        // Another policy is no other experiment: the same output goes on.
        var many = Assert.Throws<ExperimentException>(() => Run($"model={model}", "capture.notFinite=drop"));
        Assert.StartsWith("72 of 72 rows cannot be used", many.Message, StringComparison.Ordinal);
        Assert.Contains($": intact, {Site}, ", many.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StatesOfOneRowNotFinite_FollowsThePolicy()
    {
        var whole = Run();
        var (row, id) = BreakRow("decoder-cut");

        var stop = Assert.Throws<ProbeException>(() => Run());
        Assert.StartsWith($"decoder-cut, {Site}, {id}: expected finite numbers", stop.Message, StringComparison.Ordinal);
        Assert.StartsWith($"decoder-cut, {Site}, {id}: ", Assert.Throws<ProbeException>(() => Run("capture.notFinite=keep")).Message, StringComparison.Ordinal);

        // What reads no states can go on, and says so.
        var kept = Run("capture.notFinite=keep", "probe=null");
        Assert.Equal((72, 0), (kept.Rows, kept.Dropped.Length));
        Assert.Contains(kept.Remarks, remark => remark.StartsWith($"States of 1 of 72 rows are not finite and were kept as they are (capture.notFinite), the first: decoder-cut, {Site}, {id}: ", StringComparison.Ordinal));

        var dropped = Run("capture.notFinite=drop");
        Assert.Equal(71, dropped.Rows);
        var reported = Assert.Single(dropped.Dropped);
        Assert.Equal(id, reported.Id);
        Assert.StartsWith($"decoder-cut, {Site}, {id}: expected finite states; found NaN or infinity in column 1", reported.Reason, StringComparison.Ordinal);
        Assert.Contains(id, File.ReadAllText(Path.Combine(_folder["report"], "report.md")), StringComparison.Ordinal);
        // The row is gone from every condition, and the others are where they were.
        Assert.All(dropped.Conditions.Values, condition => Assert.Equal(71, condition.Answer!.Rows));
        Assert.Equal((whole.Split.Train.Rows - 1, whole.Split.Validation, whole.Split.Test), (dropped.Split.Train.Rows, dropped.Split.Validation, dropped.Split.Test));
        Assert.Equal(0, row);
        Assert.Equal(whole.Conditions["intact"].Answer!.TestAccuracy, dropped.Conditions["intact"].Answer!.TestAccuracy);
        Assert.All(dropped.Conditions.Values, condition => Assert.True(double.IsFinite(condition.Probes[0].TestAccuracy)));
        Assert.Empty(Verification.RunVerification.Faults(_folder["report"]));
    }

    [Fact]
    public void Run_MoreDroppedThanMayBe_IsRefused()
    {
        Run();
        BreakRow("intact");
        var error = Assert.Throws<ExperimentException>(() => Run("capture.notFinite=drop", "maximumDropped=0.01"));
        Assert.StartsWith("1 of 72 rows cannot be used, expected a share of 0.01 at most", error.Message, StringComparison.Ordinal);
    }

    private ExperimentResults Run(params string[] overrides) => Experiment.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            $"model={SampleModel.Folder}", "dataset.images=12", $"output={_folder["report"]}", $"capture.sites=[{Site}]", "capture.chunkPictures=5", "conditions.vision-cut=null",
            "conditions.both-cut=null", "conditions.region-only=null", "lens=null", "probe.control=null", "probe.l2=[1e-2]", "probe.bootstrap.count=100", "maximumDropped=0.05", .. overrides,
        ]).Run(cancellation: TestContext.Current.CancellationToken).Results;

    // As the network would have written it: the first row's second number is infinite.
    private (int Row, string Id) BreakRow(string condition)
    {
        var store = FeatureStore.Open(_folder["report/features"]);
        var values = new FeatureValues();
        foreach (var column in store.Manifest.Columns)
        {
            if (column.Type == FeatureType.Int32)
            {
                values.Set(column.Name, store.Read<int>(0, condition, column.Name));
                continue;
            }

            var numbers = store.Read<float>(0, condition, column.Name);
            numbers[1] = column.Name == Site ? float.PositiveInfinity : numbers[1];
            values.Set(column.Name, numbers);
        }

        store.Write(0, condition, values);
        return (0, store.Rows[0].Id);
    }

    private string OverflowingModel()
    {
        var folder = Directory.CreateDirectory(_folder["model"]).FullName;
        foreach (var file in Directory.GetFiles(SampleModel.Folder))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var path = Path.Combine(folder, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        var length = BitConverter.ToInt32(bytes);
        using var header = JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 8, length));
        var weight = header.RootElement.EnumerateObject().Single(tensor => tensor.Name.EndsWith("layers.3.mlp.down_proj.weight", StringComparison.Ordinal)).Value;
        Assert.Equal("F32", weight.GetProperty("dtype").GetString());
        BitConverter.GetBytes(float.NaN).CopyTo(bytes, 8 + length + weight.GetProperty("data_offsets")[0].GetInt32());
        File.WriteAllBytes(path, bytes);
        return folder;
    }
}
