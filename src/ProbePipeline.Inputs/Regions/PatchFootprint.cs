using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Regions;

/// <summary>The part of a picture that one patch or image token stands for.</summary>
/// <param name="Index">Which one: of patches tile by tile and row by row, of image tokens in reading order.</param>
/// <param name="Token">Where it lies in its tile.</param>
/// <param name="Area">The part of the original, in its pixels, cut at the picture's edges; never empty.</param>
public readonly record struct PatchFootprint(int Index, ImageToken Token, PictureRectangle Area);
