namespace ProbePipeline.Inputs.Pictures;

/// <summary>Rows and columns of a picture or a tile, in pixels, in the order in which reference processors name them.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Pixels in a row.</param>
public readonly record struct PictureSize(int Height, int Width)
{
    /// <summary>Rows become columns.</summary>
    internal PictureSize Transposed => new(Width, Height);

    /// <summary>Width / height.</summary>
    internal double AspectRatio => (double)Width / Height;

    /// <summary>Height x width, as messages name it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Height} x {Width}");
}
