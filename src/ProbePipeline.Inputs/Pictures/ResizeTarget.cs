namespace ProbePipeline.Inputs.Pictures;

/// <summary>The size that a processor resizes to: a fixed one, or one edge with the aspect ratio kept.</summary>
internal sealed record ResizeTarget
{
    private readonly int? _shortestEdge;
    private readonly PictureSize _exactly;

    private ResizeTarget(int? shortestEdge, PictureSize exactly) => (_shortestEdge, _exactly) = (shortestEdge, exactly);

    /// <summary>This size, whatever the picture's aspect ratio.</summary>
    public static ResizeTarget Exactly(PictureSize size) => new(null, size);

    /// <summary>
    /// The shorter edge gets this length, the longer one keeps the aspect ratio, rounded down
    /// (transformers 5.23, image_transforms.py, get_resize_output_image_size).
    /// </summary>
    public static ResizeTarget ShortestEdge(int length) => new(length, default);

    /// <summary>The size that a picture of the given size gets.</summary>
    public PictureSize Apply(PictureSize picture)
    {
        if (_shortestEdge is not { } edge)
        {
            return _exactly;
        }

        return picture.Width <= picture.Height
            ? new PictureSize((int)((double)edge * picture.Height / picture.Width), edge)
            : new PictureSize(edge, (int)((double)edge * picture.Width / picture.Height));
    }
}
