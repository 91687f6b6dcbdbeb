using ProbePipeline.Features;

namespace ProbePipeline.Tests;

/// <summary>An experiment of the sample model whose file and output lie in a folder of their own, for tests that share what it gives.</summary>
/// <param name="text">The file but for model and output.</param>
public abstract class WrittenStudy(string text) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Where every run writes.</summary>
    public string Output => _folder["report"];

    public string Features => Path.Combine(Output, "features");

    public FeatureStore Store => FeatureStore.Open(Features);

    public string this[string name] => _folder[name];

    public Experiment Open(params string[] overrides)
    {
        var path = _folder["experiment.yaml"];
        File.WriteAllText(path, text);
        return Experiment.Read(path, [$"model={SampleModel.Folder}", $"output={Output}", .. overrides]);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
