namespace ProbePipeline.Inputs.Tests.Regions;

/// <summary>
/// One axis of a tile in integers: pixel edge t of the tile lies at (t * Step + Start) / Parts pixels of the original.
/// Every pixel of the original is cut into Parts cells, and every edge falls between two of them.
/// </summary>
internal sealed record CellAxis(int Step, int Start, int Parts)
{
    /// <summary>A resize from so many pixels (those before and after the original included) to others, of which the tile begins at one.</summary>
    public static CellAxis Resized(int from, int to, int before = 0, int tileStart = 0) => new(from, (tileStart * from) - (before * to), to);

    /// <summary>The pixels of the original under a stretch of the tile, with the cells of each; those outside of the original are left out.</summary>
    public Dictionary<int, int> Count(int tileStart, int tileEnd, int length) => Enumerable.Range((tileStart * Step) + Start, (tileEnd - tileStart) * Step)
        .Where(cell => cell >= 0 && cell < Parts * length)
        .CountBy(cell => cell / Parts)
        .ToDictionary();
}
