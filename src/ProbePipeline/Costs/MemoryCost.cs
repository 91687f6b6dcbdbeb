namespace ProbePipeline.Costs;

/// <summary>What a run holds in memory at most, in bytes: the model, one batch, the chunk that is being filled, and the runtime. None of it grows with the rows.</summary>
/// <param name="Weights">The network's weights; on the CPU in their stored type they are mapped from the file.</param>
/// <param name="Batch">States, masks and pictures of one batch.</param>
/// <param name="Chunk">Features of the chunk in hand, under the conditions that run together.</param>
internal sealed record MemoryCost(double Weights, double Batch, double Chunk)
{
    /// <summary>.NET, ML.NET, libtorch and what they keep of an experiment. Measured with the sample model.</summary>
    public const double Runtime = 300e6;

    // Of every token the states before and after a layer and their norm, queries, keys, values and what attention gives; of its MLP what lies between the maps.
    private const int StatesOfLayer = 8;

    // While it is filled a list holds up to twice what is in it, and it is copied once to be written.
    private const int ChunkCopies = 3;

    // As the decoder's bytes, as numbers, and cut into tiles.
    private const int PixelCopies = 3;

    public double Peak => Weights + Batch + Chunk + Runtime;

    /// <param name="network">The network.</param>
    /// <param name="parameters">Its weights.</param>
    /// <param name="numberBytes">Bytes of a number in the type in which it computes.</param>
    /// <param name="batch">The largest batch.</param>
    /// <param name="ways">How conditions go through the network: states of those that have parted wait for one another.</param>
    /// <param name="conditions">Conditions that run together.</param>
    /// <param name="rowBytes">Bytes of a row's features under one of them.</param>
    /// <param name="chunkRows">Rows of a chunk.</param>
    public static MemoryCost Of(NetworkShape network, double parameters, int numberBytes, ForwardBatch batch, SharedWays ways, int conditions, double rowBytes, double chunkRows)
    {
        var tiles = ways.VisionByRow.Any(count => count > 0) ? batch.RowTiles : batch.PictureTiles;
        var vision = network.Vision is null ? 0 : Tower(network.Vision, tiles * batch.TileTokens, batch.TileTokens, ways.VisionByPicture.Concat(ways.VisionByRow).DefaultIfEmpty(0).Max());
        var language = network.Language is null ? 0 : Tower(network.Language, batch.Rows * batch.Length, batch.Length, ways.Suffix.DefaultIfEmpty(0).Max());
        var pixels = 4.0 * PixelCopies * batch.PictureTiles * batch.TilePatches * network.PatchNumbers;
        return new MemoryCost(
            parameters * numberBytes,
            (numberBytes * Math.Max(vision, language)) + pixels + (batch.Rows * conditions * rowBytes),
            ChunkCopies * chunkRows * conditions * rowBytes);
    }

    // Numbers: a layer at work, a state that waits for every way beside it, and a mask a way, of a byte and of a number a pair of tokens.
    private static double Tower(TowerShape tower, double tokens, double keys, int ways) =>
        (tokens * ((StatesOfLayer * tower.Width) + (tower.InnerMaps * tower.InnerWidth))) + (ways * tokens * (tower.Width + (2 * keys)));
}
