using System.Globalization;
using System.Text.Json;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Pictures;

[Trait("Category", "Golden")]
public sealed class PictureProcessorGoldenTests(ITestOutputHelper output)
{
    /// <summary>The patch of every published Phi-3-Vision; the processor's file does not name it.</summary>
    private static readonly VisionTokens Patches = new(14);

    [Fact]
    public void Process_EveryGoldenProcessorAndFile_EqualsTheReference()
    {
        var expected = SafetensorsArrays.Read(Goldens.Folder("pictures", "pixel_values.safetensors"));
        using var description = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("pictures", "case.json")));
        string[] files = [.. Directory.EnumerateFiles(Goldens.Folder("pictures", "files")).Order(StringComparer.Ordinal)];
        var pictures = files.ToDictionary(file => Path.GetFileName(file)!, PictureDecoder.Decode);
        HashSet<string> left = [.. expected.Names];
        var (total, refused) = (left.Count, 0);
        foreach (var folder in Directory.EnumerateDirectories(Goldens.Folder("pictures", "processors")).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            var processor = PictureProcessorReader.Read(folder);
            var worst = 0.0;
            foreach (var (file, picture) in pictures)
            {
                var key = $"{name}/{file}";
                if (ReferenceFails(description.RootElement, name, file))
                {
                    Assert.Throws<PictureException>(() => processor.Process(picture));
                    refused++;
                    continue;
                }

                var processed = processor.Process(picture);
                worst = Math.Max(worst, processor is Qwen2VlProcessor qwen ? ComparePatches(key, expected, processed, qwen) : ComparePixels(key, expected, processed, hasOverviewInFloat: processor is Phi3VisionProcessor, hasOverviewLast: processor is Idefics3Processor));
                Assert.Equal(Mean(processed.Pixels.Span), expected.Floats($"{key}#mean")[0], 1e-6);
                left.Remove(key);
                left.Remove($"{key}#mean");
                if (left.Remove($"{key}#size"))
                {
                    Assert.Equal<IEnumerable<long>>(
                        expected.Integers($"{key}#size"),
                        // Qwen2-VL's says the grid of patches: frames, rows, columns.
                        processor is Qwen2VlProcessor { PatchSize: var patch } ? [1, processed.Geometry.Tile.Height / patch, processed.Geometry.Tile.Width / patch]
                            : [processed.ReportedSize.Height, processed.ReportedSize.Width]);
                }

                if (left.Remove($"{key}#tokens"))
                {
                    Assert.Equal<IEnumerable<long>>(expected.Integers($"{key}#tokens"), [processor.Layout(picture.Size, Patches).Count]);
                }
            }

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {pictures.Count} pictures, worst difference {worst:g3}"));
        }

        Assert.Empty(left);
        output.WriteLine($"{total} tensors compared; {refused} pictures refused as by the reference");
        Assert.True(total > 0, "No tensor was compared.");
    }

    private static bool ReferenceFails(JsonElement description, string processor, string file) =>
        description.GetProperty("processors").TryGetProperty(processor, out var failures) && failures.TryGetProperty(file, out _);

    /// <summary>The golden holds every n-th row and column; n follows from the sizes. Returns the worst difference.</summary>
    private static double ComparePixels(string key, SafetensorsArrays expected, ProcessedPicture processed, bool hasOverviewInFloat, bool hasOverviewLast)
    {
        var shape = expected.Shape(key);
        var tile = processed.Geometry.Tile;
        var (rows, columns) = ((int)shape[^2], (int)shape[^1]);
        var (rowStep, columnStep) = (Step(tile.Height, rows), Step(tile.Width, columns));
        Assert.Equal(shape.SkipLast(3).Aggregate(1L, (product, size) => product * size), processed.TileCount);
        var values = expected.Floats(key);
        var worst = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var (plane, row, column) = (i / (rows * columns), i / columns % rows * rowStep, i % columns * columnStep);
            plane = hasOverviewLast ? (plane + 3) % (3 * processed.TileCount) : plane;
            var actual = processed.Pixels.Span[(((plane * tile.Height) + row) * tile.Width) + column];
            var difference = Math.Abs(actual - (double)values[i]);
            var allowed = hasOverviewInFloat && plane < 3 ? 1e-4 : 1e-6;
            Assert.True(difference <= allowed, $"{key} plane {plane} row {row} column {column}: expected {values[i]}, found {actual}");
            worst = Math.Max(worst, difference);
        }

        return worst;
    }

    /// <summary>The golden holds every second patch, those that are merged together one after the other, and every 37th of its numbers: [colour, frame, row, column].</summary>
    private static double ComparePatches(string key, SafetensorsArrays expected, ProcessedPicture processed, Qwen2VlProcessor processor)
    {
        var (tile, side, patch, values) = (processed.Geometry.Tile, processor.MergedSide, processor.PatchSize, expected.Floats(key));
        var (patches, columns) = (tile.Height / patch * (tile.Width / patch), (6 * patch * patch) + 36);
        Assert.Equal<IEnumerable<long>>([(patches + 1) / 2, columns / 37], expected.Shape(key));
        var worst = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var (place, value) = (i / (columns / 37) * 2, i % (columns / 37) * 37);
            var (square, inside) = (place / (side * side), place % (side * side));
            var squares = tile.Width / (patch * side);
            var row = (((square / squares * side) + (inside / side)) * patch) + (value / patch % patch);
            var column = (((square % squares * side) + (inside % side)) * patch) + (value % patch);
            var actual = processed.Pixels.Span[(((value / (2 * patch * patch) * tile.Height) + row) * tile.Width) + column];
            var difference = Math.Abs(actual - (double)values[i]);
            Assert.True(difference <= 1e-6, $"{key} patch {place} value {value}: expected {values[i]}, found {actual}");
            worst = Math.Max(worst, difference);
        }

        return worst;
    }

    private static int Step(int edge, int samples) => Assert.Single(Enumerable.Range(1, edge), step => (edge + step - 1) / step == samples);

    private static double Mean(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
