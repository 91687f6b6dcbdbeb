using System.Reflection;
using ProbePipeline.Options;
using ProbePipeline.Saving;

namespace ProbePipeline.Tests.Saving;

public sealed class RunInputsTests
{
    [Fact]
    public void Software_OfFeaturesAndResults_IsTheReleaseAndNotTheCommit()
    {
        var built = typeof(Experiment).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var release = built.Split('-', '+')[0];
        var inputs = new RunInputs(Options(), "model", "dataset", "rows", "float32 on cpu");

        Assert.Matches(@"^\d+\.\d+\.\d+$", release);
        Assert.Equal(release, inputs.ForFeatures["ProbePipeline"]);
        Assert.Equal(release, inputs.Provenance(null).Software["ProbePipeline"]);
    }

    private static ExperimentOptions Options() => new()
    {
        Name = "version",
        Model = "model",
        Dataset = new() { Name = "partscenes", Seed = 1, Images = 1 },
        Conditions = [new("intact", [])],
        Output = "output",
    };
}
