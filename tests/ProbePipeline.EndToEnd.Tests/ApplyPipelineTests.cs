using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Capture;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models.Sites;
using ProbePipeline.Probes.Applying;
using ProbePipeline.Probes.Saving;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class ApplyPipelineTests(SavedRun run) : IClassFixture<SavedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pipeline_OfTheDocument_ReadsLikeTheCommand()
    {
        var (output, folder, path) = (run.Output, SavedRun.Model, _folder["pipeline.zip"]);
        var pixels = PictureDecoder.Decode(run.Picture);
        var part = new PromptedPart { Picture = pixels, Region = RegionMask.Create(pixels.Size, (row, column) => row is >= 20 and < 60 && column is >= 10 and < 40), Prompt = "<image>\n" };
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable([part]);
        // begin
        var probes = ProbeFile.Load(Path.Combine(output, "probes", "probes.safetensors"));
        var saved = probes.Find("intact", "vision.resid_post.4");

        using var model = ProbedModel.Load(folder);
        var pipeline = ml.Transforms.CaptureHiddenStates(model, new() { Captures = [new(SiteText.Parse(saved.Card.Site), Pooling.Named(saved.Card.Pooling))] })
            .Append(ml.Transforms.ApplyProbe(saved.Probe, "intact/vision.resid_post.4"));
        ml.Model.Save(pipeline.Fit(rows), rows.Schema, path);

        using var loaded = ml.Model.LoadWithNetworks(path, out _);
        var readings = ml.Model.WithProbes(loaded.Transformer).Transform(rows);
        var scores = readings.GetColumn<float[]>("Score").ToArray();             // [rows][classes], named by slot
        var parts = readings.GetColumn<uint>("PredictedLabel").ToArray();        // keys from 1 into saved.Probe.Classes
        // end
        var command = await Probe.Run("apply", output, run.Picture, "--site", "vision.resid_post.4", "--region", "10,20,30,40", "--format", "csv");
        var likeliest = command.Output.Split('\n')[1].Split(',');
        Assert.Equal(likeliest[^3], saved.Probe.Classes[(int)parts.Single() - 1]);
        Assert.Equal(double.Parse(likeliest[^2], System.Globalization.CultureInfo.InvariantCulture), scores.Single().Max(), 1e-6);
        DocumentSnippet.RequireIn("docs/apply.md");
    }
}
