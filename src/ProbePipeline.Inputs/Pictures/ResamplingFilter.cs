namespace ProbePipeline.Inputs.Pictures;

/// <summary>
/// How a resized pixel weighs its neighbours. The values are Pillow's <c>Image.Resampling</c>, as the key <c>resample</c> of a processor's file
/// holds them.
/// </summary>
public enum ResamplingFilter
{
    /// <summary>Windowed sinc, three pixels to either side.</summary>
    Lanczos = 1,

    /// <summary>Triangle, one pixel to either side.</summary>
    Bilinear = 2,

    /// <summary>Cubic with a = -0.5, two pixels to either side.</summary>
    Bicubic = 3,
}
