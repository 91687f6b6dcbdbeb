using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Saving;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Extraction;

public sealed class RandomModelFeaturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PreparedExperiment _experiment;

    public RandomModelFeaturesTests() => _experiment = Open();

    public void Dispose()
    {
        _experiment.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Extract_ChunkIsMissing_MakesItAgainToTheBitAndLeavesTheOthers()
    {
        var before = Values(Extract());
        var lost = Chunks()[1];
        var (kept, stamp) = (Chunks()[0], new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.Delete(lost);
        File.SetLastWriteTimeUtc(kept, stamp);

        var after = Values(Extract());

        Assert.Equal(before, after);
        Assert.Equal(stamp, File.GetLastWriteTimeUtc(kept));
    }

    [Fact]
    public void Extract_EverythingIsThere_LoadsNoOtherNetwork()
    {
        var trained = _experiment.Model;
        Extract();
        var loaded = _experiment.Model;
        var reported = 0;

        Extract(done => reported = done);

        Assert.NotSame(trained, loaded);
        Assert.Same(loaded, _experiment.Model);
        Assert.Equal(_experiment.Rows.Rows.Length, reported);
    }

    [Fact]
    public void Extract_Cancelled_GoesOnWhereItStopped()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Of(_experiment).Extract((_, _) => source.Cancel(), source.Token));
        var first = Assert.Single(Chunks());
        var stamp = File.GetLastWriteTimeUtc(first);

        using var again = PreparedExperiment.Open(_experiment.Options, cancellation: TestContext.Current.CancellationToken);
        Of(again).Extract((_, _) => { }, CancellationToken.None);

        Assert.Equal(3, Chunks().Length);
        Assert.Equal(stamp, File.GetLastWriteTimeUtc(first));
    }

    [Fact]
    public void Extract_FirstConditionTakesStatesOfOtherRows_DoesSo()
    {
        var intact = Values(Extract());
        Directory.Delete(Path.Combine(_folder.Path, "features-random-model"), recursive: true);

        using var mixing = Open("conditions={ mixed: [{ patch: projector, tokens: image, from: plain, rows: other }], plain: [] }");
        var mixed = Values(Of(mixing).Extract((_, _) => { }, TestContext.Current.CancellationToken), "mixed");

        // Behind the projector alone.
        Assert.Equal(intact[..(intact.Length / 2)], mixed[..(mixed.Length / 2)]);
        Assert.NotEqual(intact, mixed);
    }

    [Fact]
    public void RunUntrained_TheModelItself_IsOutOfMemoryMeanwhileAndBackAfterwards()
    {
        var trained = _experiment.Model;

        _experiment.RunUntrained(0, untrained =>
        {
            Assert.NotSame(trained, untrained);
            Assert.Equal("float32 on cpu", untrained.Network.Computation);
            Assert.ThrowsAny<Exception>(() => trained.Network.TypeName);
        });

        Assert.Equal((null, "float32 on cpu"), (_experiment.Model.Options.RandomSeed, _experiment.Model.Network.Computation));
    }

    private FeatureStore Extract(Action<int>? progress = null) => Of(_experiment).Extract((done, _) => progress?.Invoke(done), TestContext.Current.CancellationToken);

    private RandomModelFeatures Of(PreparedExperiment experiment) => new(experiment, Inputs(), experiment.Options.Output);

    private RunInputs Inputs() => new(_experiment.Options, "model", "dataset", _experiment.Rows.Hash, "float32 on cpu");

    private string[] Chunks() => [.. Directory.GetFiles(Path.Combine(_folder.Path, "features-random-model"), "*.safetensors").Order(StringComparer.Ordinal)];

    private static float[] Values(FeatureStore store, string condition = "intact") => [.. store.Manifest.Columns.SelectMany(column => store.Read<float>(condition, column.Name))];

    private PreparedExperiment Open(params string[] overrides) => PreparedExperiment.Open(Experiment.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            "dataset.images=12", $"model={SampleModel.Folder}", $"output={_folder.Path}", "capture.sites=[vision.resid_post.1, language.resid_post.1]", "capture.chunkPictures=5",
            "probe.baselines.randomModel=true", .. overrides,
        ]).Options, cancellation: TestContext.Current.CancellationToken);
}
