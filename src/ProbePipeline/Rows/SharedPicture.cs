using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Rows;

/// <summary>A picture that several rows ask about. The rows get one object, so that what they share is computed once; nobody keeps it alive for longer.</summary>
internal sealed class SharedPicture(PartPicture picture)
{
    // Rows are made ready on more than one thread.
    private readonly Lock _lock = new();

    private readonly WeakReference<Picture> _pixels = new(null!);

    public PartPicture Entry { get; } = picture;

    /// <summary>Rows and columns, known from the first time that the pixels are had.</summary>
    public PictureSize Size { get; private set; }

    /// <exception cref="PictureException">The picture cannot be read.</exception>
    public Picture Pixels()
    {
        lock (_lock)
        {
            if (!_pixels.TryGetTarget(out var pixels))
            {
                _pixels.SetTarget(pixels = Entry.Load());
                Size = pixels.Size;
            }

            return pixels;
        }
    }
}
