using System.Collections.Immutable;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Tests.Datasets;

/// <summary>Pictures of 2 x 4 pixels, each with the parts that are given by their columns.</summary>
internal sealed class SmallDataset(params int[][][] columnsOfParts) : IPartDataset
{
    public string Name => "small";

    public string Description { get; init; } = "small";

    public int PictureCount => columnsOfParts.Length;

    public ImmutableArray<PartAttribute> Attributes { get; } = [new("größe", ["<1>", "<2>"])];

    public PictureSize MaskSize { get; init; } = new(2, 4);

    public Rgb? TransparentColour { get; init; }

    /// <summary>Pictures that were loaded.</summary>
    public int Loaded { get; private set; }

    public IEnumerable<PartPicture> Pictures =>
        columnsOfParts.Select((_, index) => new PartPicture($"folder/{index}", index, Load, () => [.. Parts(index)]));

    private Picture Load()
    {
        Loaded++;
        return new Picture(new PictureSize(2, 4), [.. Enumerable.Range(0, 24).Select(value => (byte)value)]) { TransparentColour = TransparentColour };
    }

    private IEnumerable<PicturePart> Parts(int picture) => columnsOfParts[picture].Select((columns, index) => new PicturePart(
        $"{picture}-{index}", RegionMask.Create(MaskSize, (_, column) => columns.Contains(column)), [new("größe", $"<{columns.Length}>")]));
}
