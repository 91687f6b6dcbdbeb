using System.Runtime.InteropServices;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Saving;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>The sample experiment in small on a device whose memory runs out, as an allocator's error says it.</summary>
public sealed class OutOfMemoryExperimentTests : IDisposable
{
    private const string Halved = "out of memory on cpu with 32 rows a forward; going on with 16. The promise of equal bytes ends here: another run agrees within rounding only";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_MemoryRanOut_SaysItAtOnceAndAsARemarkInResultsAndReport()
    {
        var progress = new Notices();
        var options = ExperimentFile.Read(
            Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
            [$"model={SampleModel.Folder}", $"output={_folder["report"]}", "dataset.images=20", "conditions={ intact: [] }", "capture.sites=[projector]", "probe.l2=0.1", "probe.bootstrap.count=100", "probe.crossCondition=null"]);
        using (var prepared = PreparedExperiment.Open(options, progress, cancellation: TestContext.Current.CancellationToken))
        {
            prepared.Model.Memory.BeforeForward = rows =>
            {
                if (rows > 16)
                {
                    throw new LibtorchException("CUDA out of memory. Tried to allocate 2.00 GiB");
                }
            };
            var store = prepared.Extraction.Begin(prepared.FeatureFolder, prepared.Rows.Rows, RunInputs.Of(prepared, TestContext.Current.CancellationToken).ForFeatures);
            prepared.Extraction.Run(store, prepared.Rows.Rows, prepared.Stages.First, _ => { }, TestContext.Current.CancellationToken);
        }

        Assert.Equal([Halved], progress.Said);

        // Goes on from these features: what has happened to them is a matter of every report about them, not of the run that it happened in.
        var results = new Experiment(options).Run(cancellation: TestContext.Current.CancellationToken).Results;
        Assert.Contains(Halved, results.Remarks);
        foreach (var page in new[] { "report.html", "report.md", "results.json" })
        {
            Assert.Contains(Halved, File.ReadAllText(Path.Combine(_folder["report"], page)), StringComparison.Ordinal);
        }
    }

    /// <summary>What TorchSharp throws for an error of libtorch is of the base type, which is the runtime's own to throw.</summary>
    private sealed class LibtorchException(string message) : ExternalException(message);

    /// <summary>At once, on the thread that reports.</summary>
    private sealed class Notices : IProgress<RunProgress>
    {
        public List<string> Said { get; } = [];

        public void Report(RunProgress value)
        {
            if (value.Notice is { } notice)
            {
                Said.Add(notice);
            }
        }
    }
}
