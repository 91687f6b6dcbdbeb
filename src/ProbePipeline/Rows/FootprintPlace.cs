using ProbePipeline.Inputs.Regions;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Rows;

/// <summary>Where a patch lies, as results and pages keep it.</summary>
internal static class FootprintPlace
{
    public static PatchPlace Place(this PatchFootprint footprint) => new(
        footprint.Token.Tile, footprint.Token.Row, footprint.Token.Column, footprint.Area.Top, footprint.Area.Left, footprint.Area.Bottom, footprint.Area.Right);
}
