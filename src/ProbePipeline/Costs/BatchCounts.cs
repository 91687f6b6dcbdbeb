using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Extraction;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Rows;

namespace ProbePipeline.Costs;

/// <summary>Rows in the batches in which they go through the network, in counts. Prompts are made into tokens once for every text and size of picture.</summary>
internal sealed class BatchCounts(ProbedModel model)
{
    private readonly Dictionary<(string Prompt, PictureSize Size), Shape> _shapes = [];

    /// <param name="rows">The rows, picture after picture.</param>
    /// <param name="chunkPictures">Pictures a chunk; a batch lies within one.</param>
    /// <param name="batchSize">Rows a batch.</param>
    /// <param name="cancellation">Stops.</param>
    public ImmutableArray<ForwardBatch> Of(ImmutableArray<ExperimentRow> rows, int chunkPictures, int batchSize, CancellationToken cancellation) =>
        [.. ChunkPlan.Of(rows, chunkPictures).SelectMany(chunk => chunk.Chunk(batchSize)).Select(batch => Count(batch, cancellation))];

    private ForwardBatch Count(ExperimentRow[] rows, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Shape[] shapes = [.. rows.Select(ShapeOf)];
        Shape[] pictures = [.. rows.Zip(shapes).Where((row, index) => index == 0 || rows[index - 1].Source != row.First.Source).Select(row => row.Second)];
        return new ForwardBatch(
            Rows: rows.Length,
            Pictures: model.ReadsPictures ? pictures.Length : 0,
            PictureTiles: pictures.Sum(shape => shape.Tiles),
            RowTiles: shapes.Sum(shape => shape.Tiles),
            TileTokens: shapes[0].TileTokens,
            TilePatches: shapes[0].TilePatches,
            PictureTokens: pictures.Sum(shape => shape.ImageTokens),
            RowTokens: shapes.Sum(shape => shape.ImageTokens),
            Prefix: shapes.Max(shape => shape.Prefix),
            Length: shapes.Max(shape => shape.Length));
    }

    private Shape ShapeOf(ExperimentRow row)
    {
        var size = model.ReadsPictures ? row.Source.Size : default;
        if (!_shapes.TryGetValue((row.Prompt, size), out var shape))
        {
            _shapes[(row.Prompt, size)] = shape = model.ReadsPictures ? WithPicture(row.Prompt, size) : new Shape { Length = model.Read(row.Picture, null, row.Prompt).TokenIds.Length };
        }

        return shape;
    }

    private Shape WithPicture(string prompt, PictureSize size)
    {
        var (vision, network) = (model.Network.Vision!, model.Network);
        var layout = model.Processor.Layout(size, model.VisionTokens);
        var patches = vision.HasFixedGrid ? vision.PatchCount : layout.GridRows * layout.GridColumns * network.MergedSide * network.MergedSide;
        ImmutableArray<int> tokens = model.ReadsText ? model.Encode(prompt, layout) : [];
        var last = Enumerable.Range(0, tokens.Length).LastOrDefault(position => network.IsImagePlaceholder(tokens[position]), -1);
        return new Shape(
            Tiles: layout.TileCount,
            TileTokens: vision.LeadingTokenCount + patches,
            TilePatches: patches,
            ImageTokens: layout.Count,
            Prefix: last + 1,
            Length: tokens.Length);
    }

    private readonly record struct Shape(int Tiles, int TileTokens, int TilePatches, int ImageTokens, int Prefix, int Length);
}
