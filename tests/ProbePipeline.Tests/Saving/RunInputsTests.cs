using System.Reflection;
using ProbePipeline.Inputs.Datasets.Selection;
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

    [Fact]
    public void Seeds_OfResults_AreThoseThatSomethingIsDrawnBy()
    {
        var selection = new RowSelection { Seed = 7 };
        Assert.Equal(["dataset 1", "bootstrap 0"], Seeds(Options()));
        Assert.Equal(["dataset 1", "bootstrap 0"], Seeds(With(selection with { Classes = ["wheel"], SmallestRegion = 4 })));
        Assert.Equal(["dataset 1", "selection 7", "bootstrap 0"], Seeds(With(selection with { PerClass = 3 })));
        Assert.Equal(["dataset 1", "selection 7", "bootstrap 0"], Seeds(With(selection with { Balanced = true })));
        Assert.Equal(["bootstrap 0"], Seeds(Options() with { Dataset = new() { Name = DatasetOptions.Manifest, Path = "parts.jsonl" } }));

        static ExperimentOptions With(RowSelection selection) => Options() with { Dataset = Options().Dataset with { Select = selection } };

        static IEnumerable<string> Seeds(ExperimentOptions options) =>
            new RunInputs(options, "model", "dataset", "rows", "float32 on cpu").Provenance(null).Seeds.Select(seed => $"{seed.Key} {seed.Value}");
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
