namespace ProbePipeline.Inputs.Regions;

/// <summary>Where a region is looked up when a picture enters the vision tower as an overview and several tiles. Single tiles are always used.</summary>
public enum TileChoice
{
    /// <summary>In the overview, which is tile 0, and in the tiles.</summary>
    Both,

    /// <summary>In the overview only.</summary>
    Overview,

    /// <summary>In the tiles only, which show the picture larger.</summary>
    Tiles,
}
