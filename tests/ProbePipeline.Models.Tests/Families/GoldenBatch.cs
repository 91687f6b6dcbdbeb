using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Models.Tests.Families;

/// <summary>A golden's inputs as rows. Positions keep their padding.</summary>
internal static class GoldenBatch
{
    public static Batch Of(GoldenCase golden, Network network)
    {
        var pixels = golden.Inputs.Contains("pixel_values") ? golden.Inputs.Floats("pixel_values") : null;
        if (!golden.Inputs.Contains("input_ids"))
        {
            // A tower by itself: a row a tile.
            return new Batch(pixels!.Chunk(TileLength(network)).Select(tile => new PromptRow([], [new PictureInput(tile, WholeTiles(network, 1))])));
        }

        var (rows, length) = (golden.Inputs.Shape("input_ids")[0], (int)golden.Inputs.Shape("input_ids")[1]);
        return new Batch(Enumerable.Range(0, (int)rows).Select(row => Row(golden, network, pixels, row, length)), length);
    }

    /// <summary>Left padding of each row.</summary>
    public static int[] Paddings(Batch batch) => [.. batch.Rows.Select(row => batch.Length - row.TokenIds.Length)];

    private static PromptRow Row(GoldenCase golden, Network network, float[]? pixels, int row, int length)
    {
        var ids = golden.Inputs.Integers("input_ids").AsSpan(row * length, length);
        var padding = golden.Inputs.Contains("attention_mask") ? golden.Inputs.Integers("attention_mask").AsSpan(row * length, length).IndexOf(1) : 0;
        var tokens = ids[padding..].ToArray().Select(id => (int)id).ToImmutableArray();
        if (pixels is null)
        {
            return new PromptRow(tokens);
        }

        if (golden.Inputs.Contains("image_grid_thw"))
        {
            return new PromptRow(tokens, [GoldenPatches.Picture(golden, network)]);
        }

        var layout = Layout(golden, network, row, tokens);
        // Rows are filled up with zero tiles to the longest.
        var perRow = pixels.Length / (int)golden.Inputs.Shape("pixel_values")[0];
        return new PromptRow(tokens, [new PictureInput(pixels.AsMemory(row * perRow, layout.TileCount * TileLength(network)), layout)]);
    }

    private static ImageTokenLayout Layout(GoldenCase golden, Network network, int row, ImmutableArray<int> ids)
    {
        if (!golden.Inputs.Contains("image_sizes"))
        {
            var side = network.Vision!.GridSize / network.MergedSide;
            return WholeTiles(network, golden.ModelType == "idefics3" ? ids.Count(id => id == network.ImageTokenId) / (side * side) : 1);
        }

        var sizes = golden.Inputs.Integers("image_sizes");
        var size = new PictureSize((int)sizes[2 * row], (int)sizes[(2 * row) + 1]);
        var (tile, tokens) = (network.Vision!.ImageSize, new VisionTokens(network.Vision.PatchSize));
        return golden.ModelType switch
        {
            "llava_next" => LlavaNextTokenLayout.Create(size, golden.GridPinpoints(), tile, tokens),
            "llava_onevision" => LlavaNextTokenLayout.Create(size, golden.GridPinpoints(), tile, tokens, mostTiles: 9),
            _ => Phi3VisionTokenLayout.Create(size, tile, tokens),
        };
    }

    /// <summary>Every (merged) patch of some tiles, in the order of the golden's pixels.</summary>
    private static ImageTokenLayout WholeTiles(Network network, int count)
    {
        var grid = network.Vision!.GridSize / network.MergedSide;
        var tokens = from tile in Enumerable.Range(0, count) from patch in Enumerable.Range(0, grid * grid) select ImageToken.Patch(tile, patch / grid, patch % grid);
        return new ImageTokenLayout([.. tokens], count, grid, grid);
    }

    private static int TileLength(Network network) => network.Vision!.ChannelCount * network.Vision.ImageSize * network.Vision.ImageSize;
}
