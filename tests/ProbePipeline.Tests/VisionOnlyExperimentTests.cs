using ProbePipeline.Capture;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>Experiments on vision towers by themselves: the small networks of the goldens, with a picture processor beside them.</summary>
public sealed class VisionOnlyExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("clip-vision", "CLIPImageProcessor", "intact,region-isolated")]
    [InlineData("siglip-vision", "SiglipImageProcessor", "intact,region-isolated")]
    [InlineData("vit", "ViTImageProcessor", "intact,region-isolated")]
    [InlineData("dinov2-registers", "BitImageProcessor", "intact,region-isolated,registers-cut")]
    public void Run_TowerAlone_ProbesEveryLayerWithoutAnswers(string golden, string processor, string conditions)
    {
        var results = new Experiment(Read(golden, processor, $"conditions={{ {string.Join(", ", conditions.Split(',').Select(Condition))} }}"))
            .Run(cancellation: TestContext.Current.CancellationToken).Results;
        Assert.Equal(conditions.Split(','), results.Conditions.Keys);
        Assert.All(results.Conditions.Values, condition =>
        {
            Assert.Null(condition.Answer);
            Assert.NotNull(condition.BestProbe);
            Assert.All(condition.Probes, probe => Assert.True(probe.OnPath, probe.Site));
            Assert.Equal("vision", Assert.Single(condition.RemainingPaths).Tower);
        });
        Assert.StartsWith("vision.resid_post.0", results.Conditions["intact"].Probes[0].Site, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder["run"], "report.html")));
    }

    [Fact]
    public void Open_AnswersAskedOfATower_AreRefused()
    {
        var error = Assert.Throws<ExperimentException>(() => PreparedExperiment.Open(Read("clip-vision", "CLIPImageProcessor", "answer={ question: 'What is the {color} part?' }"), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("reads no text and gives no answers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ProcessorOfAnotherSize_SaysWhatToSet()
    {
        var options = Read("vit", "ViTImageProcessor");
        File.WriteAllText(Path.Combine(options.Model, "preprocessor_config.json"), "{\"image_processor_type\": \"ViTImageProcessor\", \"size\": 80}");
        Assert.Contains("set size and crop_size in preprocessor_config.json to 64", Assert.Throws<CaptureException>(() => PreparedExperiment.Open(options, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteSheets_TowerAlone_ShowItsPatches()
    {
        var experiment = new Experiment(Read("dinov2-registers", "BitImageProcessor", "conditions={ intact: [], registers-cut: [{ tower: vision, from: patches, to: registers }] }"));
        experiment.WriteDatasetSheet(_folder["look.html"], 3);
        experiment.WriteTokenSheet(_folder["tokens.html"]);
        Assert.Contains("patches: 16 of 16", File.ReadAllText(_folder["tokens.html"]), StringComparison.Ordinal);
        Assert.Contains("right answer:", File.ReadAllText(_folder["look.html"]), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static string Condition(string name) => name switch
    {
        "intact" => "intact: []",
        "region-isolated" => "region-isolated: [{ tower: vision, from: region, to: outside }]",
        _ => "registers-cut: [{ tower: vision, from: patches, to: registers }]",
    };

    private ExperimentOptions Read(string golden, string processor, params string[] set)
    {
        var model = _folder[$"{golden}-model"];
        Directory.CreateDirectory(model);
        foreach (var file in new[] { "config.json", "model.safetensors" })
        {
            File.Copy(Path.Combine(Goldens.Folder(golden), "model", file), Path.Combine(model, file), overwrite: true);
        }

        var size = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(model, "config.json"))).RootElement.GetProperty("image_size").GetInt32();
        File.WriteAllText(Path.Combine(model, "preprocessor_config.json"), $"{{\"image_processor_type\": \"{processor}\", \"size\": {{\"height\": {size}, \"width\": {size}}}, \"crop_size\": {size}}}");
        var text = $"model: '{model}'\ndataset: {{ name: partscenes, images: 20 }}\nconditions: {{ intact: [] }}\ncapture: {{ sites: vision.resid_post }}\nprobe: {{ l2: 0.1, bootstrap: {{ count: 100 }} }}\noutput: '{_folder["run"]}'\n";
        return ExperimentFile.Parse(text, "tower.yaml", set);
    }
}
