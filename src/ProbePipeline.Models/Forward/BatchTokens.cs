using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Models.Layers;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Models.Forward;

/// <summary>
/// What every position of a batch is, in both towers: the arithmetic of a forward pass, without tensors.
/// Vision: the tiles of all pictures of all rows, one after another.
/// </summary>
internal sealed class BatchTokens
{
    private BatchTokens(Batch batch) => Batch = batch;

    public Batch Batch { get; }

    /// <summary>Left padding of every row.</summary>
    public required ImmutableArray<int> Paddings { get; init; }

    /// <summary>For every row the positions of its image tokens.</summary>
    public required ImmutableArray<ImmutableArray<int>> ImagePositions { get; init; }

    /// <summary>The rows in the language model.</summary>
    public required ImmutableArray<TokenSequence> Rows { get; init; }

    /// <summary>The tiles in the vision tower; empty where there is none.</summary>
    public required ImmutableArray<TokenSequence> Tiles { get; init; }

    /// <summary>For every row how many tiles it has.</summary>
    public required ImmutableArray<int> TileCounts { get; init; }

    /// <param name="batch">The rows.</param>
    /// <param name="vision">The vision tower's shape, where there is one.</param>
    /// <param name="isImage">Which token ids are placeholders of image tokens.</param>
    /// <exception cref="NetworkInputException">A row does not fit.</exception>
    public static BatchTokens Of(Batch batch, VisionTowerConfig? vision, Func<int, bool> isImage)
    {
        RequireOneGrid(batch, vision);
        var positions = batch.Rows.Select((row, index) => Positions(batch, row, index, isImage)).ToImmutableArray();
        return new BatchTokens(batch)
        {
            Paddings = [.. batch.Rows.Select(row => batch.Length - row.TokenIds.Length)],
            ImagePositions = positions,
            Rows = [.. batch.Rows.Select((row, index) => RowSequence(batch, row, index, positions[index]))],
            Tiles = [.. batch.Rows.SelectMany((row, index) => row.Pictures.SelectMany(picture => TileSequences(picture, vision, index)))],
            TileCounts = [.. batch.Rows.Select(row => row.Pictures.Sum(picture => picture.Layout.TileCount))],
        };
    }

    private static ImmutableArray<int> Positions(Batch batch, PromptRow row, int index, Func<int, bool> isImage)
    {
        var padding = batch.Length - row.TokenIds.Length;
        ImmutableArray<int> positions = [.. row.TokenIds.Select((id, position) => (id, position)).Where(token => isImage(token.id)).Select(token => token.position + padding)];
        var expected = row.Pictures.Sum(picture => picture.Layout.Count);
        if (!row.TokenIds.IsEmpty && positions.Length != expected)
        {
            throw new NetworkInputException(
                $"row {index}: the prompt holds {positions.Length} image placeholders, but its {row.Pictures.Length} pictures become {expected} image tokens; "
                + "repeat the placeholder once for every image token");
        }

        return row.GeneratedCount >= 0 && row.GeneratedCount <= row.TokenIds.Length - (positions.IsEmpty ? 0 : positions[^1] - padding + 1)
            ? positions
            : throw new NetworkInputException($"row {index}: {row.GeneratedCount} generated tokens do not fit behind the last image token of {row.TokenIds.Length} tokens");
    }

    private static TokenSequence RowSequence(Batch batch, PromptRow row, int index, ImmutableArray<int> image)
    {
        if (image.IsEmpty)
        {
            return TokenSequence.OfRow(batch.Length, batch.Length - row.TokenIds.Length, row.GeneratedCount, [], [], region: null, index);
        }

        var tokens = row.Pictures.SelectMany(picture => picture.Layout.Tokens).ToArray();
        var separators = image.Where((_, token) => tokens[token].Kind is ImageTokenKind.RowEnd or ImageTokenKind.Separator).ToArray();
        List<int>? region = null;
        var offset = 0;
        foreach (var picture in row.Pictures)
        {
            if (picture.Region is { } chosen)
            {
                (region ??= []).AddRange(chosen.Tokens.Select(token => image[offset + token]));
            }

            offset += picture.Layout.Count;
        }

        return TokenSequence.OfRow(batch.Length, batch.Length - row.TokenIds.Length, row.GeneratedCount, image, separators, region, index);
    }

    private static void RequireOneGrid(Batch batch, VisionTowerConfig? vision)
    {
        if (vision is not { HasFixedGrid: false })
        {
            return;
        }

        var grids = batch.Rows.SelectMany(row => row.Pictures).Select(picture => (picture.Layout.GridRows, picture.Layout.GridColumns)).Distinct().Take(2).ToArray();
        if (grids.Length > 1)
        {
            throw new NetworkInputException(
                $"expected pictures of one grid in a forward, since this vision tower takes them in their own; found {grids[0].GridRows} x {grids[0].GridColumns} and "
                + $"{grids[1].GridRows} x {grids[1].GridColumns} image tokens; run them one after the other");
        }
    }

    private static IEnumerable<TokenSequence> TileSequences(PictureInput picture, VisionTowerConfig? vision, int row)
    {
        if (vision is null)
        {
            throw new NetworkInputException($"row {row} has a picture, but the network has no vision tower");
        }

        var (rows, columns) = vision.GridOf(picture.Layout);
        var (height, width) = vision.HasFixedGrid ? (vision.ImageSize, vision.ImageSize) : (rows * vision.PatchSize, columns * vision.PatchSize);
        var (tiles, perTile, patchCount) = (picture.Layout.TileCount, vision.ChannelCount * height * width, rows * columns);
        if (picture.Pixels.Length != tiles * perTile && picture.Pixels.Length != tiles * perTile * vision.FrameCount)
        {
            throw new NetworkInputException(
                $"row {row}: expected pixels [{tiles}, {vision.ChannelCount}, {height}, {width}] (the layout's tiles, channels, height, width), "
                + $"{tiles * perTile} numbers; found {picture.Pixels.Length}");
        }

        if (picture.Region is { } region && (region.TilePatches.Length != tiles || region.TilePatches.Any(patches => patches.Any(patch => patch < 0 || patch >= patchCount))
            || region.Tokens.Any(token => token < 0 || token >= picture.Layout.Count)))
        {
            throw new NetworkInputException(
                $"row {row}: a region lists patches below {patchCount} for each of the {tiles} tiles and image tokens below {picture.Layout.Count}; this one does not");
        }

        return Enumerable.Range(0, tiles).Select(index => TokenSequence.OfTile(vision.ClassTokenCount, vision.RegisterCount, patchCount, picture.Region?.TilePatches[index], row));
    }
}
