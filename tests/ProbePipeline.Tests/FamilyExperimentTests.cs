using ProbePipeline.Options;

namespace ProbePipeline.Tests;

/// <summary>Whole experiments on the families that the sample model is not of: the small networks of the goldens, so what they answer means nothing.</summary>
public sealed class FamilyExperimentTests : IDisposable
{
    private const string Idefics3 = """
        {"image_processor_type": "Idefics3ImageProcessor", "size": {"longest_edge": 128}, "max_image_size": {"longest_edge": 64}}
        """;

    private const string LlavaOnevision = """
        {"image_processor_type": "LlavaOnevisionImageProcessor", "size": {"height": 64, "width": 64}, "image_grid_pinpoints": [[64, 128], [128, 64], [128, 128]]}
        """;

    private const string PaliGemma = """
        {"image_processor_type": "SiglipImageProcessor", "size": {"height": 64, "width": 64}}
        """;

    private const string Qwen2Vl = """
        {"image_processor_type": "Qwen2VLImageProcessor", "size": {"shortest_edge": 3136, "longest_edge": 12544}}
        """;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("idefics3", Idefics3, "idefics3")]
    [InlineData("llava-onevision", LlavaOnevision, "chatml")]
    [InlineData("qwen2-vl", Qwen2Vl, "plain")]
    [InlineData("paligemma", PaliGemma, "<image>{question}\\n")]
    public void Run_Family_ProbesBothTowersAndAnswersUnderEveryCondition(string golden, string processor, string template)
    {
        GoldenCheckpoint.Write(_folder["model"], golden, processor);
        var text = $$"""
            model: '{{_folder["model"]}}'
            dataset: { name: partscenes, images: 8 }
            answer: { question: 'What is {color}?', choices: parts, template: "{{template}}" }
            conditions:
              intact: []
              vision-cut: [{ tower: vision, from: patches, to: patches }]
              region-cut: [{ tower: language, from: question, to: region }]
            capture: { sites: [vision.resid_post.3, projector, language.resid_post.3] }
            probe: { l2: 0.1, bootstrap: { count: 100 } }
            output: '{{_folder["run"]}}'
            """;
        var results = new Experiment(ExperimentFile.Parse(text, "family.yaml", [])).Run(cancellation: TestContext.Current.CancellationToken).Results;
        Assert.Equal(["intact", "vision-cut", "region-cut"], results.Conditions.Keys);
        Assert.All(results.Conditions.Values, condition => Assert.NotNull(condition.Answer));
        Assert.Equal(["vision", "projector", "language"], results.Conditions["intact"].Probes.Select(probe => probe.Site.Split('.', ' ')[0]).Distinct());
        Assert.True(File.Exists(Path.Combine(_folder["run"], "report.html")));
    }

    [Fact]
    public void Capture_PicturesOfSeveralGrids_GivesEveryRowWhatItHasByItself()
    {
        GoldenCheckpoint.Write(_folder["model"], "qwen2-vl", Qwen2Vl);
        using var model = Capture.ProbedModel.Load(_folder["model"]);
        var ml = new Microsoft.ML.MLContext();
        var random = new Random(3);
        SizedRow[] rows = [.. new[] { (56, 84), (56, 84), (84, 56), (112, 112), (56, 84) }.Select(size =>
        {
            var bytes = new byte[3 * size.Item1 * size.Item2];
            random.NextBytes(bytes);
            return new SizedRow { Picture = new Inputs.Pictures.Picture(new Inputs.Pictures.PictureSize(size.Item1, size.Item2), bytes), Prompt = "<image>What?" };
        })];
        var options = new Capture.HiddenStateOptions
        {
            Captures = [new(Models.Sites.Site.ResidualPost(Models.Sites.Tower.Language, 3), Models.Sites.Pooling.ImageMean)],
            Inputs = new Capture.InputColumns { Region = null },
        };

        float[][] Read(IEnumerable<SizedRow> some) => [.. States(ml.Data.LoadFromEnumerable(some))];
        IEnumerable<float[]> States(Microsoft.ML.IDataView view)
        {
            var filled = Capture.CaptureCatalog.CaptureHiddenStates(ml.Transforms, model, options).Fit(view).Transform(view);
            return Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float[]>(filled, filled.Schema["intact/language.resid_post.3"]).ToArray();
        }

        var together = Read(rows);
        Assert.Equal(rows.Length, together.Length);
        Assert.All(rows.Zip(together), pair => Assert.All(pair.Second.Zip(Read([pair.First])[0]), value => Assert.Equal(value.Second, value.First, 1e-5)));
    }

    public void Dispose() => _folder.Dispose();

    private sealed class SizedRow
    {
        [Capture.PictureType]
        public required Inputs.Pictures.Picture Picture { get; init; }

        public required string Prompt { get; init; }
    }
}
