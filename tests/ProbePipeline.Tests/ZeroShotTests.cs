using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models.Clip;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Rows;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>CLIP as a baseline: the golden's small pair of encoders, which knows nothing, so that only the way is tested.</summary>
public sealed class ZeroShotTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_ZeroShot_NamesTheRegionByTheNearestDescription()
    {
        GoldenCheckpoint.WriteClip(_folder["clip"]);
        var options = Options($"probe.baselines.zeroShot={{ model: '{_folder["clip"]}', template: 'a {{label}}', margin: 0.25 }}");

        var named = new Experiment(options).Run(cancellation: TestContext.Current.CancellationToken).Results.Baselines.ZeroShot!;

        Assert.Equal((_folder["clip"], "a {label}", 0.25), (named.Model, named.Template, named.Margin));
        Assert.Equal(ByHand(options), named.TestAccuracy, 1e-9);
        Assert.InRange(named.TestAccuracy, named.Low, named.High);
        Assert.Contains($"CLIP names the region ({_folder["clip"]}", File.ReadAllText(Path.Combine(_folder["run"], "report.html")).Replace("&#47;", "/", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: 'missing folder'", "which is no folder")]
    [InlineData("model: org/name, template: 'a photo'", "expected a text with {label} in it")]
    [InlineData("model: org/name, template: 'a {label} in {color}'", "expected a text with {label} in it, and no other field")]
    [InlineData("template: 'a {label}'", "model")]
    public void Read_WrongZeroShot_IsRefused(string keys, string message) => Assert.Contains(
        message, Assert.Throws<ExperimentFileException>(() => Options($"probe.baselines.zeroShot={{ {keys} }}")).Message, StringComparison.Ordinal);

    [Theory]
    // Two pixels high and four wide, a quarter more on each side: six by six, in the middle.
    [InlineData(20, 20, 9, 8, 11, 12, 0.25, 7, 7, 6, 6)]
    // At the edge it is moved into the picture.
    [InlineData(20, 20, 0, 0, 2, 4, 0.25, 0, 0, 6, 6)]
    [InlineData(20, 20, 18, 16, 20, 20, 0.25, 14, 14, 6, 6)]
    // No larger than the picture.
    [InlineData(5, 20, 1, 8, 3, 12, 0.25, 0, 7, 5, 6)]
    [InlineData(20, 20, 9, 8, 11, 12, 0, 8, 8, 4, 4)]
    public void Of_Region_IsASquareAroundItInsideThePicture(int height, int width, int top, int left, int bottom, int right, double margin, int cropTop, int cropLeft, int cropHeight, int cropWidth)
    {
        var bytes = new byte[3 * height * width];
        for (var pixel = 0; pixel < height * width; pixel++)
        {
            (bytes[3 * pixel], bytes[(3 * pixel) + 1]) = ((byte)(pixel / width), (byte)(pixel % width));
        }

        var region = RegionMask.Create(new PictureSize(height, width), (row, column) => row >= top && row < bottom && column >= left && column < right);

        var crop = RegionCrop.Of(new Picture(new PictureSize(height, width), bytes), region, margin);

        Assert.Equal(new PictureSize(cropHeight, cropWidth), crop.Size);
        Assert.Equal((cropTop, cropLeft), (crop.Pixels[0], crop.Pixels[1]));
    }

    public void Dispose() => _folder.Dispose();

    private double ByHand(ExperimentOptions options)
    {
        using var prepared = PreparedExperiment.Open(options, cancellation: TestContext.Current.CancellationToken);
        using var model = ClipModel.Load(_folder["clip"]);
        var (tokenizer, processor, rows) = (TextTokenizer.Load(Path.Combine(_folder["clip"], "tokenizer.json")), PictureProcessorReader.Read(_folder["clip"]), prepared.Task.Rows);
        float[][] classes = [.. rows.Classes.Select(name => model.EmbedTexts([tokenizer.Encode($"a {name}", addSpecialTokens: true)])[0])];
        return rows.Test.Average(row =>
        {
            var picture = model.EmbedPictures([processor.Process(RegionCrop.Of(prepared.Rows.Rows[row].Picture, prepared.Rows.Rows[row].Region, 0.25)).Pixels])[0];
            double[] matches = [.. classes.Select(text => picture.Zip(text, (one, other) => (double)one * other).Sum())];
            return Array.IndexOf(matches, matches.Max()) == rows.Labels[row] ? 1.0 : 0;
        });
    }

    private ExperimentOptions Options(params string[] set) => ExperimentFile.Read(
        Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml"),
        [
            $"model='{SampleModel.Folder}'", "dataset.images=30", "conditions={ intact: [] }", "capture.sites=[projector]", "probe.l2=0.1", "probe.bootstrap.count=100",
            "answer=null", "lens=null", $"output='{_folder["run"]}'", .. set,
        ]);
}
