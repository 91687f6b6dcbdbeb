using Microsoft.ML;
using ProbePipeline.Capture;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

public sealed class InCodePipelineTests
{
    [Fact]
    public void Pipeline_OfTheDocument_EndsInAnMlNetTrainer()
    {
        var folder = Path.Combine(Repository.Root, "data", "models", "partscenes-llava");
        // begin
        var ml = new MLContext(seed: 1);
        using var model = ProbedModel.Load(folder);
        var rows = ml.Data.LoadFromEnumerable(
            from picture in new PartScenes(seed: 11, pictureCount: 60).Pictures
            let pixels = picture.Load()
            from part in picture.Parts
            select new PartRow
            {
                Picture = pixels,
                Region = part.Mask,
                Prompt = $"USER: <image>\nWhat is the {part.Attributes["color"]} part? ASSISTANT:",
                Label = part.Attributes["part"],
                Image = picture.Id,
            });
        var split = ml.Data.TrainTestSplit(rows, testFraction: 0.3, samplingKeyColumnName: "Image");

        var pipeline = ml.Transforms.CaptureHiddenStates(model, new() { Captures = [new(Site.ResidualPost(Tower.Vision, 4), Pooling.RegionMean)] })
            .AppendCacheCheckpoint(ml)
            .Append(ml.Transforms.NormalizeMeanVariance("Features", "intact/vision.resid_post.4"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label"))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l2Regularization: 1));
        var fitted = pipeline.Fit(split.TrainSet);
        var accuracy = ml.MulticlassClassification.Evaluate(fitted.Transform(split.TestSet)).MicroAccuracy;
        // end
        Assert.InRange(accuracy, 0.75, 1);
        DocumentSnippet.RequireIn("docs/in-code.md");
    }
}

// begin
internal sealed class PartRow
{
    [PictureType]
    public required Picture Picture { get; init; }

    [RegionType]
    public required RegionMask Region { get; init; }

    public required string Prompt { get; init; }

    public required string Label { get; init; }

    public required string Image { get; init; }
}
// end
