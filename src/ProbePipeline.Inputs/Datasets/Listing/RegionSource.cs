using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets.Listing;

/// <summary>How a row of a table marks its region. What was wrong with it is said when it is asked for, so that one bad row drops one row.</summary>
internal abstract record RegionSource
{
    /// <summary>The region on its picture.</summary>
    /// <exception cref="RegionException">It is not usable.</exception>
    /// <exception cref="PictureException">Picture or mask cannot be read.</exception>
    public abstract RegionMask Of(PictureSource picture);

    private protected static PictureSize SizeOf(PictureSource picture) => PictureDecoder.SizeOf(picture.Read(), picture.Name);
}

/// <summary>Nothing is marked in the whole table: every row is about its whole picture.</summary>
internal sealed record WholePicture : RegionSource
{
    public override RegionMask Of(PictureSource picture) => RegionMask.Create(SizeOf(picture), (_, _) => true);
}

/// <summary>What the row says is no region.</summary>
/// <param name="Reason">What was expected and what was found.</param>
internal sealed record UnusableRegion(string Reason) : RegionSource
{
    public override RegionMask Of(PictureSource picture) => throw new RegionException(Reason);
}

/// <summary>Pixels of a mask.</summary>
/// <param name="Mask">The mask, of the picture's size.</param>
/// <param name="Value">The value of the region's pixels; null: everything but 0.</param>
internal sealed record MaskRegion(PictureSource Mask, int? Value) : RegionSource
{
    public override RegionMask Of(PictureSource picture) => LabelPicture.Decode(Mask.Read(), Mask.Name).Where(Value);
}

/// <summary>COCO's run-length encoding.</summary>
/// <param name="Size">Rows and columns.</param>
/// <param name="Counts">Lengths, or their text.</param>
internal sealed record RunLengthRegion(PictureSize Size, object Counts) : RegionSource
{
    public override RegionMask Of(PictureSource picture) => Counts is string text ? RunLengthMask.FromText(Size, text) : RunLengthMask.FromRuns(Size, (long[])Counts);
}

/// <summary>Polygons, drawn as COCO's tools do.</summary>
/// <param name="Polygons">Each as x, y, x, y, ...</param>
internal sealed record PolygonRegion(double[][] Polygons) : RegionSource
{
    public override RegionMask Of(PictureSource picture) => PolygonMask.Of(SizeOf(picture), Polygons);
}

/// <summary>A box: the pixels whose middle it holds; of a point, the pixel that holds it.</summary>
/// <param name="Left">Its left edge in pixels.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Width">Its width; 0: a point.</param>
/// <param name="Height">Its height; 0: a point.</param>
internal sealed record BoxRegion(double Left, double Top, double Width, double Height) : RegionSource
{
    public override RegionMask Of(PictureSource picture)
    {
        var size = SizeOf(picture);
        var mask = RegionMask.Create(size, (row, column) => Width == 0 && Height == 0
            ? row == Math.Floor(Top) && column == Math.Floor(Left)
            : row + 0.5 >= Top && row + 0.5 < Top + Height && column + 0.5 >= Left && column + 0.5 < Left + Width);
        return mask.Area > 0 ? mask : throw new RegionException(FormattableString.Invariant($"expected a box or point on the picture of {size} pixels; found left {Left}, top {Top}, width {Width}, height {Height}, which holds none of them"));
    }
}
