using ProbePipeline.Drafting;
using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Drafting;

public sealed class ExperimentDraftTests
{
    [Fact]
    public void Write_SampleModelAndPartScenes_IsTheTwoByTwoWithQuestionAndControl()
    {
        var options = ExperimentFile.Parse(ExperimentDraft.Write("mine.yaml", SampleModel.Folder, "partscenes", target: null, "dataset.seed=11", "dataset.images=30"), "mine.yaml");
        Assert.Equal(["intact", "vision-cut", "decoder-cut", "both-cut", "region-only"], options.Conditions.Select(condition => condition.Name));
        Assert.Equal((11, 30), (options.Dataset.Seed, options.Dataset.Images));
        Assert.Equal("What is the {color} part?", $"{options.Answer!.Questions[0]}");
        Assert.Equal(["shape", "color"], options.Probe!.Control!.Type);
        Assert.Equal(["vision.resid_post", "projector", "language.resid_post"], options.Capture.Sites.Select(site => $"{site}"));
        Assert.Equal("reports/mine", options.Output);
    }

    [Fact]
    public void Write_OtherTarget_AsksForIt()
    {
        var options = ExperimentFile.Parse(ExperimentDraft.Write("mine.yaml", SampleModel.Folder, "partscenes", "object", "dataset.images=30"), "mine.yaml");
        Assert.Equal(("object", "What is the {color} object?", "objects"), (options.Target, $"{options.Answer!.Questions[0]}", options.Answer.Choices.FieldText));
        // The part's name gives its object away.
        Assert.DoesNotContain("part", options.Probe!.Control!.Type);
    }

    [Theory]
    [InlineData("llama", null, "language.resid_post", true)]
    [InlineData("clip-vision", "{\"image_processor_type\": \"CLIPImageProcessor\", \"size\": 56, \"crop_size\": 56}", "vision.resid_post", false)]
    public void Write_TowerOrDecoderAlone_IsAnExperimentThatItCanRun(string golden, string? processor, string site, bool asks)
    {
        using var folder = new TemporaryFolder();
        GoldenCheckpoint.Write(folder["model"], golden, processor, pictureToken: null);

        var options = ExperimentFile.Parse(ExperimentDraft.Write("mine.yaml", folder["model"], "partscenes", target: null, "dataset.images=12"), "mine.yaml");

        Assert.Equal([site], options.Capture.Sites.Select(one => $"{one}"));
        Assert.Equal((asks, false), (options.Answer is not null, options.Lens is not null));
        using var prepared = PreparedExperiment.Open(options, cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(prepared.Rows.Rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_DatasetWithASplitOfItsOwn_KeepsIt(bool hasSplit)
    {
        using var folder = new TemporaryFolder();
        Inputs.Datasets.DatasetExport.Write(new Inputs.Datasets.PartScenes(seed: 11, pictureCount: 10), folder["export"], cancellation: TestContext.Current.CancellationToken);
        var manifest = Path.Combine(folder["export"], "manifest.jsonl");
        var lines = File.ReadAllLines(manifest).Select((line, row) => hasSplit ? line[..^1] + $", \"split\": \"{(row / 6 < 7 ? "train" : "test")}\"}}" : line).ToArray();
        File.WriteAllLines(manifest, lines);

        var options = ExperimentFile.Parse(ExperimentDraft.Write("mine.yaml", SampleModel.Folder, "manifest", target: null, $"dataset.path='{manifest}'"), "mine.yaml");

        Assert.Equal(hasSplit ? SplitOrder.Given : SplitOrder.Random, options.Probe!.Split.Order);
        using var prepared = PreparedExperiment.Open(options, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(hasSplit ? 18 : 12, prepared.Task.Rows.Split.Test.Length);
    }

    [Fact]
    public void Write_ModelWithoutAKnownTemplate_SaysSoAndAsksPlainly()
    {
        using var folder = new TemporaryFolder();
        GoldenCheckpoint.Write(folder["model"], "idefics3", "{\"image_processor_type\": \"Idefics3ImageProcessor\", \"size\": {\"longest_edge\": 64}, \"max_image_size\": {\"longest_edge\": 64}}");

        var text = ExperimentDraft.Write("mine.yaml", folder["model"], "partscenes", target: null, "dataset.images=12");

        Assert.Contains("# The checkpoint has no chat template that is known", text, StringComparison.Ordinal);
        Assert.Same(Inputs.Text.ChatTemplate.Plain, ExperimentFile.Parse(text, "mine.yaml").Answer!.Template);
    }

    [Fact]
    public void Write_FileNameWithALineBreak_EndsNoComment() =>
        Assert.DoesNotContain("\nkey", ExperimentDraft.Write("a\nkey: x.yaml", SampleModel.Folder, "partscenes", target: null, "dataset.images=30", "output=reports/x"), StringComparison.Ordinal);
}
