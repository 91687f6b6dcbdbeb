using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets.Listing;

/// <summary>A picture on disk that is listed with its parts. Pixels and masks are read when they are asked for, and not kept.</summary>
/// <param name="Id">Its name in the dataset.</param>
/// <param name="Source">Where it lies.</param>
/// <param name="Group">What it has in common with other pictures; null: nothing.</param>
/// <param name="Split">The dataset's own split; null: none.</param>
/// <param name="Parts">Its parts.</param>
internal sealed record ListedPicture(string Id, PictureSource Source, string? Group, string? Split, ImmutableArray<ListedPart> Parts)
{
    /// <summary>The picture as datasets give it.</summary>
    /// <param name="index">Its place in the dataset.</param>
    public PartPicture At(int index) => new(Id, index, Source.Decode, () => [.. Parts.Select(Part)]) { Group = Group ?? Id, Split = Split };

    private PicturePart Part(ListedPart part) => new(part.Id, () => Mask(part), part.Attributes);

    private RegionMask Mask(ListedPart part)
    {
        try
        {
            return part.Region.Of(Source);
        }
        catch (Exception error) when (error is RegionException or PictureException)
        {
            throw new RegionException($"{part.Place}: {error.Message}", error);
        }
    }
}
