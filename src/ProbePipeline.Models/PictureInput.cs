using ProbePipeline.Inputs;

namespace ProbePipeline.Models;

/// <summary>One picture of a row.</summary>
/// <param name="Pixels">What the processor gives: float32 [tiles, channels, height, width], row-major; the tiles that the layout counts.</param>
/// <param name="Layout">The image tokens that it becomes; for a vision tower alone, any layout with the right number of tiles.</param>
/// <param name="Region">The part that the row asks about; null: none.</param>
public sealed record PictureInput(ReadOnlyMemory<float> Pixels, ImageTokenLayout Layout, PictureRegion? Region = null);
