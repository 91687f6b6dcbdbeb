namespace ProbePipeline.Inputs.Pictures;

/// <summary>A rectangle in continuous pixel coordinates, where pixel i spans [i, i + 1).</summary>
/// <param name="Top">The upper edge.</param>
/// <param name="Left">The left edge.</param>
/// <param name="Bottom">The lower edge.</param>
/// <param name="Right">The right edge.</param>
public readonly record struct PictureRectangle(double Top, double Left, double Bottom, double Right)
{
    /// <summary>Height x width in square pixels; 0 where the rectangle is empty.</summary>
    public double Area => Math.Max(Bottom - Top, 0) * Math.Max(Right - Left, 0);
}
