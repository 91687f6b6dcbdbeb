using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Rows;

/// <summary>A picture that was decoded, with its parts on the model's tokens; or why it could not be.</summary>
/// <param name="Shared">The picture as its rows have it.</param>
/// <param name="Pixels">Its pixels; null where they cannot be read.</param>
/// <param name="Problem">Why they cannot; null where they can.</param>
/// <param name="Parts">Its parts; none where it cannot be read.</param>
internal sealed record ReadPicture(SharedPicture Shared, Picture? Pixels, string? Problem, ImmutableArray<ReadPicture.Part> Parts)
{
    public static ReadPicture Of(PartPicture picture, ProbedModel model)
    {
        var shared = new SharedPicture(picture);
        try
        {
            var pixels = shared.Pixels();
            var places = new Lazy<(PictureGeometry Geometry, ImageTokenLayout Layout)>(() => (model.Processor.Geometry(pixels.Size), model.Processor.Layout(pixels.Size, model.VisionTokens)));
            return new ReadPicture(shared, pixels, null, [.. picture.Parts.Select(part => Map(part, model, places))]);
        }
        catch (PictureException error)
        {
            return new ReadPicture(shared, null, error.Message, []);
        }
    }

    private static Part Map(PicturePart part, ProbedModel model, Lazy<(PictureGeometry Geometry, ImageTokenLayout Layout)> places)
    {
        try
        {
            // Read or drawn anew whenever it is asked for.
            var mask = part.Mask;
            return new Part(part, mask, model.ReadsPictures ? model.Regions.Map(
                mask, places.Value.Geometry, places.Value.Layout, model.VisionTokens.PatchSize, model.Processor.TokenSide(model.VisionTokens)) : null, null);
        }
        catch (Exception error) when (error is RegionException or PictureException)
        {
            return new Part(part, null, null, error.Message);
        }
    }

    /// <summary>A part of it.</summary>
    /// <param name="Source">The part.</param>
    /// <param name="Mask">Its region; null where it cannot be read or mapped.</param>
    /// <param name="Tokens">The tokens that the region lies on; null where the model sees no pictures.</param>
    /// <param name="Problem">Why it cannot; null where it can.</param>
    public sealed record Part(PicturePart Source, RegionMask? Mask, RegionTokens? Tokens, string? Problem);
}
