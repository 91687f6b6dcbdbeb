namespace ProbePipeline.Inputs.Pictures;

/// <summary>A colour in 8 bits a channel.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    internal static Rgb Black { get; } = new(0, 0, 0);

    internal static Rgb White { get; } = new(255, 255, 255);
}
