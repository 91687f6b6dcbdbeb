using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class ReadmeExperimentTests
{
    [Fact]
    public void Experiment_OfTheReadme_RunsAndWritesItsReport()
    {
        using var temporary = new TemporaryFolder();
        var (folder, output) = (Path.Combine(Repository.Root, "data", "models", "partscenes-llava"), temporary["report"]);
#pragma warning disable xUnit1051 // Who reads the README has no test to cancel.
        // begin
        var vision = new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All);
        var decoder = new AttentionBlock(Tower.Language, TokenSet.Image, TokenSet.Image);
        var outcome = new Experiment(new ExperimentOptions
        {
            Name = "in code",
            Model = folder,
            Dataset = new() { Name = "partscenes", Seed = 11, Images = 30 },
            Conditions = [new("intact", []), new("vision-cut", [vision]), new("decoder-cut", [decoder]), new("both-cut", [vision, decoder])],
            Probe = new() { Target = "part" },
            Answer = new() { Questions = [new("What is the {color} part?")] },
            Output = output,
        }).Run();
        Console.WriteLine($"vision-cut: {outcome.Headlines[1].Answers} answered rightly; {outcome.ReportPath}");
        // end
#pragma warning restore xUnit1051
        Assert.InRange(outcome.Results.Conditions["intact"].Answer!.Accuracy, 0.9, 1);
        Assert.InRange(outcome.Results.Conditions["both-cut"].Answer!.Accuracy, 0.3, 0.8);
        Assert.True(File.Exists(outcome.ReportPath));
        DocumentSnippet.RequireIn("README.md");
    }
}
