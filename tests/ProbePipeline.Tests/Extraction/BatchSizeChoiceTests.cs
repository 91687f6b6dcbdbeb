using System.Runtime.InteropServices;
using ProbePipeline.Capture;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Rows;
using ProbePipeline.Saving;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Extraction;

public sealed class BatchSizeChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notices = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_BatchSizeAuto_IsChosenOnceAndKeptByARunThatGoesOn()
    {
        using (var first = Open("capture.batchSize=auto"))
        {
            Assert.Equal((32, new BatchSizeNote(32, "auto: 32 on cpu", IsChosen: true)), (first.States.BatchSize, first.ChosenBatchSize));
            Assert.Equal((32, 32), (first.Scored!.BatchSize, first.Extraction.States.BatchSize));
            Assert.Contains("batchSize: auto", Inputs(first).ForFeatures["capture"], StringComparison.Ordinal);
            Begin(first);
        }

        // As another machine would have chosen.
        var path = Path.Combine(_folder.Path, "features", "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"rows\": 32", "\"rows\": 5", StringComparison.Ordinal));
        using var again = Open("capture.batchSize=auto");
        Assert.Equal(5, again.States.BatchSize);
        Assert.Equal(5, Assert.Single(Begin(again).Manifest.BatchSizes!.Value).Rows);
    }

    [Fact]
    public void Open_BatchSizeAutoInShards_IsWhatTheFirstOfThemChose()
    {
        using (var first = Open("capture.batchSize=auto"))
        {
            var store = first.Extraction.Begin(Path.Combine(_folder.Path, "shards", "1-of-2", "features"), first.Rows.Rows, Inputs(first).ForFeatures);
            Assert.Equal(32, Assert.Single(store.Manifest.BatchSizes!.Value).Rows);
        }

        var path = Path.Combine(_folder.Path, "shards", "1-of-2", "features", "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"rows\": 32", "\"rows\": 5", StringComparison.Ordinal));
        using var second = Open("capture.batchSize=auto");
        Assert.Equal(5, second.States.BatchSize);
    }

    /// <summary>Joined shards have noted what each chose after what one of them could not hold.</summary>
    [Fact]
    public void Run_MemoryRanOutInAShard_GoesOnWithTheFewestRows()
    {
        using var experiment = Open("capture.batchSize=auto");
        var store = Begin(experiment);
        store.Note(new BatchSizeNote(6, "memory ran out", IsChosen: false));
        store.Note(new BatchSizeNote(12, "memory ran out elsewhere", IsChosen: false));
        store.Note(new BatchSizeNote(31, "auto", IsChosen: true));
        experiment.Extraction.Run(store, experiment.Rows.Rows, experiment.Stages.First, _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(6, experiment.Model.Memory.MaximumRows);
    }

    [Fact]
    public void Open_BatchSizeGiven_IsTakenAndNotNoted()
    {
        using var experiment = Open("capture.batchSize=7");
        Assert.Equal((7, null), (experiment.States.BatchSize, experiment.ChosenBatchSize));
        Begin(experiment);
        var manifest = Path.Combine(experiment.FeatureFolder, "manifest.json");
        Assert.DoesNotContain("batchSizes", File.ReadAllText(manifest), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MemoryRunsOut_IsSaidAtOnce()
    {
        using var experiment = Open("capture.batchSize=auto");
        var store = Begin(experiment);
        experiment.Model.Memory.BeforeForward = rows =>
        {
            if (rows > 16)
            {
                throw new LibtorchException("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes");
            }
        };

        experiment.Extraction.Run(store, experiment.Rows.Rows, experiment.Stages.First, _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal("out of memory on cpu with 24 rows a forward; going on with 12. The promise of equal bytes ends here: another run agrees within rounding only", Assert.Single(_notices));
        Assert.Equal([(32, true), (12, false)], store.Manifest.BatchSizes!.Value.Select(note => (note.Rows, note.IsChosen)));
    }

    [Fact]
    public void Longest_RowsOfTwoLengths_IsThatOfTheLongerAndAsksForNoMask()
    {
        using var model = SampleModel.Load();
        var rows = SampleModel.Rows(model, new PartScenes(11, 2), TestContext.Current.CancellationToken).Rows;
        var (first, longer) = (rows[0], $"{rows[0].Prompt} Say more.");
        ExperimentRow Asked(string prompt) => new()
        {
            Id = first.Id,
            Image = first.Image,
            Label = first.Label,
            Question = first.Question,
            Asked = first.Asked,
            Prompt = prompt,
            Source = first.Source,
            Part = new PicturePart(first.Id, () => throw new RegionException("a mask was asked for"), first.Part.Attributes),
        };

        Assert.Equal((model.Read(first.Picture, null, longer).TokenIds.Length, 1), BatchSizeChoice.Longest(model, [Asked(longer), Asked(first.Prompt)]));
    }

    [Fact]
    public void Parse_BatchSize_IsANumberOrAuto()
    {
        Assert.Equal(BatchSizes.Automatic, Read("capture.batchSize=auto").Capture.BatchSize);
        Assert.Equal(4096, Read("capture.batchSize=4096").Capture.BatchSize);
        foreach (var wrong in new[] { "0", "4097", "many" })
        {
            Assert.Contains("expected a whole number from 1 to 4096, or auto", Assert.Throws<ExperimentFileException>(() => Read($"capture.batchSize={wrong}")).Message, StringComparison.Ordinal);
        }
    }

    private static RunInputs Inputs(PreparedExperiment experiment) => new(experiment.Options, "model", "dataset", experiment.Rows.Hash, "float32 on cpu");

    private static FeatureStore Begin(PreparedExperiment experiment) => experiment.Extraction.Begin(experiment.FeatureFolder, experiment.Rows.Rows, Inputs(experiment).ForFeatures);

    private ExperimentOptions Read(params string[] overrides) => Experiment.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        ["dataset.images=12", $"model={SampleModel.Folder}", $"output={_folder.Path}", "capture.sites=[vision.resid_post.1]", "capture.chunkPictures=4", .. overrides]).Options;

    private PreparedExperiment Open(params string[] overrides) => PreparedExperiment.Open(Read(overrides), new Notices(_notices), cancellation: TestContext.Current.CancellationToken);

    private sealed class Notices(List<string> told) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Notice is { } notice)
            {
                told.Add(notice);
            }
        }
    }

    private sealed class LibtorchException(string message) : ExternalException(message);
}
