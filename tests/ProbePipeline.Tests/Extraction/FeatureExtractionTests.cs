using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Models.Sites;
using ProbePipeline.Rows;

namespace ProbePipeline.Tests.Extraction;

public sealed class FeatureExtractionTests : IDisposable
{
    private static readonly ImmutableArray<string> Parts = new PartScenes(11, 1).Attributes[0].Values;

    private readonly ProbedModel _model = SampleModel.Load();
    private readonly TemporaryFolder _folder = new();
    private readonly ExperimentRows _rows;

    public FeatureExtractionTests() => _rows = SampleModel.Rows(_model, new PartScenes(11, 5));

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_ChunksRemovedFromAFinishedStore_AreMadeAgainToTheBitAndTheOthersLeftAlone()
    {
        Run("whole");
        var before = Chunks("whole");
        Assert.Equal(6, before.Count);
        var lost = before.Keys.Where((_, index) => index is 0 or 3 or 5).ToArray();
        Array.ForEach(lost, File.Delete);
        var stamp = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.All(before.Keys.Except(lost), path => File.SetLastWriteTimeUtc(path, stamp));
        Run("whole");
        Assert.Equal(before, Chunks("whole"));
        Assert.All(before.Keys.Except(lost), path => Assert.Equal(stamp, File.GetLastWriteTimeUtc(path)));
    }

    [Fact]
    public void Run_Cancelled_KeepsFinishedChunksAndGoesOn()
    {
        using var source = new CancellationTokenSource();
        var (extraction, store) = Begin("cancelled");
        Assert.Throws<OperationCanceledException>(() => extraction.Run(store, _rows.Rows, SampleModel.TwoConditions, _ => source.Cancel(), source.Token));
        Assert.Equal(2, Chunks("cancelled").Count);
        Assert.Empty(Directory.GetFiles(_folder["cancelled"], "*.tmp"));
        Run("cancelled");
        Run("whole");
        Assert.Equal(Chunks("whole").Values, Chunks("cancelled").Values);
    }

    [Fact]
    public void Run_ChunkCannotBeWritten_SaysSoAndKeepsTheOthers()
    {
        var (extraction, store) = Begin("blocked");
        var blocked = Path.Combine(_folder["blocked"], $"chunk-00001.0-intact.safetensors.{Environment.ProcessId}.tmp");
        Directory.CreateDirectory(blocked);

        var error = Assert.Throws<FeatureStoreException>(() => extraction.Run(store, _rows.Rows, SampleModel.TwoConditions, _ => { }, CancellationToken.None));

        Assert.Contains(blocked, error.Message, StringComparison.Ordinal);
        Assert.True(store.IsFinished(0, "intact") && store.IsFinished(0, "decoder-cut"));
        Assert.False(store.IsFinished(1, "intact"));
        Directory.Delete(blocked);
        Run("blocked");
        Run("whole");
        Assert.Equal(Chunks("whole").Values, Chunks("blocked").Values);
    }

    [Fact]
    public void Run_MemoryRunsOut_SaysSoInTheManifestAndGoesOnFromThere()
    {
        var notices = new List<string>();
        var (extraction, store) = Begin("halved");
        _model.Memory.BeforeForward = rows =>
        {
            if (rows > 4)
            {
                throw new LibtorchException("CUDA out of memory. Tried to allocate 2.00 GiB");
            }
        };
        (extraction with { Notice = notices.Add }).Run(store, _rows.Rows, SampleModel.TwoConditions, _ => { }, CancellationToken.None);

        var notes = FeatureStore.Open(_folder["halved"]).Manifest.BatchSizes;
        Assert.Equal([6, 3], notes!.Value.Select(note => note.Rows));
        Assert.Equal(notes.Value.Select(note => note.Reason), notices);
        Assert.Equal("out of memory on cpu with 12 rows a forward; going on with 6. The promise of equal bytes ends here: another run agrees within rounding only", notices[0]);

        // A run that goes on keeps what fitted, and is none with other inputs.
        File.Delete(Chunks("halved").Keys.First());
        _model.Memory.BeforeForward = rows => Assert.InRange(rows, 1, 3);
        Run("halved");
        _model.Memory.BeforeForward = null;
        Run("whole");
        Assert.Null(_model.Memory.MaximumRows);
        var (few, all) = (Begin("halved").Store.Read<float>("intact", "language.resid_post.5"), Begin("whole").Store.Read<float>("intact", "language.resid_post.5"));
        Assert.All(all.Zip(few), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Begin_Store_DescribesRowsColumnsAndChoices()
    {
        var store = Begin("described").Store;
        Assert.Equal([12, 12, 6], store.Manifest.ChunkRows);
        Assert.Equal("scene-00000", store.Rows[0].Id[..11]);
        Assert.Equal(["language.resid_post.5", "answer.log_likelihood", "answer.log_likelihood_per_token", "answer.choice", "lens.rank", "lens.other_rank"], store.Manifest.Columns.Select(column => column.Name));
        Assert.Equal(Parts, store.Manifest.Column("answer.log_likelihood").SlotNames);
        Assert.Equal("language.resid_post.5", store.Manifest.Column("lens.rank").SlotNames[5]);
        Assert.Equal(_rows.Rows.Select(row => row.Label), store.Rows.Select(row => row.Attributes[0]));
    }

    private void Run(string name)
    {
        var (extraction, store) = Begin(name);
        var last = 0;
        extraction.Run(store, _rows.Rows, SampleModel.TwoConditions, done => last = done, CancellationToken.None);
        Assert.Equal(30, last);
    }

    private (FeatureExtraction Extraction, FeatureStore Store) Begin(string name)
    {
        var extraction = new FeatureExtraction(
            _model,
            [.. SampleModel.TwoConditions.Select(condition => condition.Name)],
            new HiddenStateOptions { Conditions = SampleModel.TwoConditions, Captures = [new(Site.ResidualPost(Tower.Language, 5), Pooling.RegionMean)] },
            new AnswerOptions { Choices = Parts, PromptEnd = "ASSISTANT:" },
            new LensOptions { Labels = Parts, PromptEnd = "ASSISTANT:" },
            PicturesPerChunk: 2);
        return (extraction, extraction.Begin(_folder[name], _rows.Rows, new() { ["rows"] = _rows.Hash }));
    }

    private SortedDictionary<string, string> Chunks(string name) =>
        new(Directory.GetFiles(_folder[name], "chunk-*").ToDictionary(path => path, path => Convert.ToHexString(File.ReadAllBytes(path))), StringComparer.Ordinal);

    /// <summary>What TorchSharp throws for an error of libtorch is of the base type, which is the runtime's own to throw.</summary>
    private sealed class LibtorchException(string message) : System.Runtime.InteropServices.ExternalException(message);
}
