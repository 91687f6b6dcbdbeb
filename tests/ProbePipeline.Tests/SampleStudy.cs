using ProbePipeline.Probes.Results;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>The sample experiment on as many pictures as the reference has, run once for all tests of what it gives.</summary>
public sealed class SampleStudy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RunProgress> _reported = [];

    public SampleStudy()
    {
        Reference = SampleReference.Read();
        var file = Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml");
        Output = Path.Combine(_folder.Path, "report");
        Experiment = Experiment.Read(
            file, $"dataset.images={Reference.Images}", $"model={SampleModel.Folder}", $"output={Output}", "capture.chunkPictures=20", "probe.bootstrap.count=200", "probe.maps=true");
        Outcome = Experiment.Run(new Listener(_reported));
    }

    internal SampleReference Reference { get; }

    public Experiment Experiment { get; }

    public string Output { get; }

    public ExperimentOutcome Outcome { get; }

    public ExperimentResults Results => Outcome.Results;

    public IReadOnlyList<RunProgress> Reported => _reported;

    public void Dispose() => _folder.Dispose();

    /// <summary>At once, on the thread that reports.</summary>
    private sealed class Listener(List<RunProgress> reported) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            lock (reported)
            {
                reported.Add(value);
            }
        }
    }
}
