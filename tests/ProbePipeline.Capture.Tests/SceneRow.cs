using Microsoft.ML;
using Microsoft.ML.Data;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Capture.Tests;

/// <summary>A part of a PartScenes picture as a row of a data view. Counts how often its picture is asked for.</summary>
internal sealed class SceneRow
{
    private readonly Lazy<Picture> _picture;

    private SceneRow(PartPicture picture, PicturePart part, Lazy<Picture> pixels)
    {
        Id = part.Id;
        Image = picture.Index;
        Label = part.Attributes["part"];
        Prompt = $"USER: <image>\nWhat is the {part.Attributes["color"]} part? ASSISTANT:";
        Region = part.Mask;
        _picture = pixels;
    }

    public string Id { get; }

    public int Image { get; }

    public string Label { get; }

    public string Prompt { get; }

    [NoColumn]
    public int PicturesAskedFor { get; private set; }

    [PictureType]
    public Picture Picture
    {
        get
        {
            PicturesAskedFor++;
            return _picture.Value;
        }
    }

    [RegionType]
    public RegionMask Region { get; }

    /// <summary>Every part of the first pictures of seed 11.</summary>
    public static IReadOnlyList<SceneRow> Of(int pictures) =>
    [
        .. new PartScenes(seed: 11, pictureCount: pictures).Pictures.SelectMany(picture =>
        {
            var pixels = new Lazy<Picture>(picture.Load);
            return picture.Parts.Select(part => new SceneRow(picture, part, pixels));
        }),
    ];

    public static IDataView View(MLContext context, int pictures) => context.Data.LoadFromEnumerable(Of(pictures));
}
