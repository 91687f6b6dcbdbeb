namespace ProbePipeline.Costs;

/// <summary>What forwards compute, in floating point operations and in passes through whole towers.</summary>
internal readonly record struct ForwardCost
{
    /// <summary>Operations of the vision tower, its embeddings and the projector.</summary>
    public double VisionOperations { get; init; }

    /// <summary>Operations of the decoder up to pictures' last tokens.</summary>
    public double PrefixOperations { get; init; }

    /// <summary>Operations of the decoder behind pictures, and of all tokens where there are none.</summary>
    public double SuffixOperations { get; init; }

    /// <summary>Operations of the head: answers and the logit lens.</summary>
    public double HeadOperations { get; init; }

    /// <summary>Tiles through the whole vision tower; a share of its layers counts as that share.</summary>
    public double Tiles { get; init; }

    /// <summary>Prompts up to the picture's last token through the whole decoder.</summary>
    public double Prefixes { get; init; }

    /// <summary>Rows behind the picture through the whole decoder.</summary>
    public double Suffixes { get; init; }

    /// <summary>Tokens through the whole decoder, fillers included.</summary>
    public double Tokens { get; init; }

    public double Operations => VisionOperations + PrefixOperations + SuffixOperations + HeadOperations;

    public static ForwardCost operator +(ForwardCost one, ForwardCost other) => new()
    {
        VisionOperations = one.VisionOperations + other.VisionOperations,
        PrefixOperations = one.PrefixOperations + other.PrefixOperations,
        SuffixOperations = one.SuffixOperations + other.SuffixOperations,
        HeadOperations = one.HeadOperations + other.HeadOperations,
        Tiles = one.Tiles + other.Tiles,
        Prefixes = one.Prefixes + other.Prefixes,
        Suffixes = one.Suffixes + other.Suffixes,
        Tokens = one.Tokens + other.Tokens,
    };

    /// <summary>So many times a cost.</summary>
    public static ForwardCost operator *(ForwardCost cost, double times) => new()
    {
        VisionOperations = times * cost.VisionOperations,
        PrefixOperations = times * cost.PrefixOperations,
        SuffixOperations = times * cost.SuffixOperations,
        HeadOperations = times * cost.HeadOperations,
        Tiles = times * cost.Tiles,
        Prefixes = times * cost.Prefixes,
        Suffixes = times * cost.Suffixes,
        Tokens = times * cost.Tokens,
    };

    /// <summary>A batch under several conditions.</summary>
    /// <param name="network">The network.</param>
    /// <param name="ways">How conditions go through it.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="headTokens">Tokens whose states are read as words.</param>
    public static ForwardCost Of(NetworkShape network, SharedWays ways, ForwardBatch batch, double headTokens)
    {
        var tilePasses = ways.VisionByPicture.Zip(ways.VisionByRow, (pictures, rows) => (pictures * batch.PictureTiles) + (rows * batch.RowTiles)).Sum();
        var prefixPasses = batch.Prefix == 0 ? 0 : ways.PrefixByPicture.Zip(ways.PrefixByRow, (pictures, rows) => (pictures * batch.Pictures) + (rows * batch.Rows)).Sum();
        var suffixPasses = ways.Suffix.Sum() * batch.Rows;
        // Embeddings are the same for all conditions.
        var embedded = (ways.VisionByPicture.Any(count => count > 0) ? batch.PictureTiles : 0) + (ways.VisionByRow.Any(count => count > 0) ? batch.RowTiles : 0);
        var projected = (ways.ProjectedByPicture * batch.PictureTokens) + (ways.ProjectedByRow * batch.RowTokens);
        var (prefix, suffix) = (batch.Prefix, batch.Length - batch.Prefix);
        return new ForwardCost
        {
            VisionOperations = (tilePasses * (network.Vision?.LayerOperations(batch.TileTokens, batch.TileTokens) ?? 0))
                + network.EmbeddingOperations(embedded * batch.TilePatches) + network.ProjectorOperations(projected),
            PrefixOperations = prefixPasses * (network.Language?.LayerOperations(prefix, prefix) ?? 0),
            SuffixOperations = suffixPasses * (network.Language?.LayerOperations(suffix, batch.Length) ?? 0),
            HeadOperations = network.HeadOperations(headTokens),
            Tiles = Share(tilePasses, network.Vision),
            Prefixes = Share(prefixPasses, network.Language),
            Suffixes = Share(suffixPasses, network.Language),
            Tokens = (Share(prefixPasses, network.Language) * prefix) + (Share(suffixPasses, network.Language) * suffix),
        };
    }

    private static double Share(double layerPasses, TowerShape? tower) => tower is null ? 0 : layerPasses / tower.LayerCount;
}
