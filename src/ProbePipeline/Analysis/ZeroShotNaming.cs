using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Models;
using ProbePipeline.Models.Clip;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes.Results;
using ProbePipeline.Rows;

namespace ProbePipeline.Analysis;

/// <summary>
/// Names regions by CLIP: the class whose description lies nearest to the region, cut out of its picture (Radford et al. 2021, arXiv 2103.00020, prompts;
/// Subramanian et al. 2022, arXiv 2204.05991, regions cut out).
/// </summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Options">Which model, and how it is asked.</param>
internal sealed record ZeroShotNaming(PreparedExperiment Experiment, ZeroShotOptions Options)
{
    private const int Together = 16;

    public ZeroShotResult Run(CancellationToken cancellation)
    {
        var rows = Experiment.Task.Rows;
        var folder = ModelFolder.Of(Options.Model, progress: null, cancellation);
        using var model = ClipModel.Load(folder, NetworkOptions.Of(Experiment.Options.Capture.Device, Experiment.Options.Capture.Type));
        var processor = PictureProcessorReader.Read(folder);
        var tokenizer = TextTokenizer.Load(Path.Combine(folder, "tokenizer.json"));
        var classes = model.EmbedTexts([.. rows.Classes.Select(name => tokenizer.Encode(Options.Template.Fill(Described(name)), addSpecialTokens: true))]);
        var hits = new List<double>();
        foreach (var batch in rows.Test.Chunk(Together))
        {
            cancellation.ThrowIfCancellationRequested();
            var pictures = model.EmbedPictures([.. batch.Select(row => processor.Process(RegionCrop.Of(Experiment.Rows.Rows[row].Picture, Experiment.Rows.Rows[row].Region, Options.Margin)).Pixels)]);
            hits.AddRange(batch.Zip(pictures, (row, picture) => Nearest(picture) == rows.Labels[row] ? 1.0 : 0));
        }

        var (low, high) = Experiment.Task.Bootstrap.Interval(hits);
        return new ZeroShotResult(ModelFolder.Named(Options.Model, folder), $"{Options.Template}", Options.Margin, hits.Average(), low, high);

        // Of equals the first.
        int Nearest(float[] picture) => Enumerable.Range(0, classes.Length).MaxBy(index => model.Logit(picture, classes[index]));
    }

    private static ImmutableDictionary<string, string> Described(string name) => ImmutableDictionary<string, string>.Empty.Add("label", name);
}
