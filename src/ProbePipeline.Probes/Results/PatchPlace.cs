namespace ProbePipeline.Probes.Results;

/// <summary>Where a patch lies: in its tile, and on the picture.</summary>
/// <param name="Tile">The tile, in the order in which tiles enter the vision tower; 0 is the overview where there are several.</param>
/// <param name="Row">Row of the (merged) patch in its tile.</param>
/// <param name="Column">Column in its tile.</param>
/// <param name="Top">Upper edge of the part of the original that it shows, in pixels.</param>
/// <param name="Left">Left edge.</param>
/// <param name="Bottom">Lower edge.</param>
/// <param name="Right">Right edge.</param>
public sealed record PatchPlace(int Tile, int Row, int Column, double Top, double Left, double Bottom, double Right);
