using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Pictures;

[Trait("Category", "Golden")]
public sealed partial class ImageTokenLayoutGoldenTests(ITestOutputHelper output)
{
    [Fact]
    public void Layout_EveryGoldenSize_HasTheReferencesTokenCount()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("token-counts", "expected.json")));
        var compared = 0;
        foreach (var entry in document.RootElement.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Object))
        {
            var (name, family) = (entry.Name, entry.Value);
            var processor = Processor(name, family);
            var tokens = new VisionTokens(family.TryGetProperty("patch", out var patch) ? patch.GetInt32() : 14, MergedSide: processor is Qwen2VlProcessor ? 2 : 1);
            foreach (var row in family.GetProperty("rows").EnumerateArray())
            {
                var size = new PictureSize(row[0].GetInt32(), row[1].GetInt32());
                if (row[2].ValueKind == JsonValueKind.String)
                {
                    Assert.Throws<PictureException>(() => processor.Layout(size, tokens));
                }
                else
                {
                    var layout = processor.Layout(size, tokens);
                    Assert.True(layout.Count == row[2].GetInt32(), $"{name} {size}: expected {row[2]}, found {layout.Count}");
                    Assert.Equal(processor.Geometry(size).Tiles.Length, layout.TileCount);
                }

                compared++;
            }
        }

        output.WriteLine($"{compared} token counts compared");
        Assert.NotEqual(0, compared);
    }

    [Fact]
    public void Layout_GoldenLlavaNextModel_HasTheTilesAndTokensOfItsRows()
    {
        using var description = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("llava-next", "case.json")));
        using var config = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("llava-next", "model", "config.json")));
        var vision = config.RootElement.GetProperty("vision_config");
        var processor = new LlavaNextProcessor
        {
            TileSize = vision.GetProperty("image_size").GetInt32(),
            Resolutions = [.. Sizes(config.RootElement.GetProperty("image_grid_pinpoints"))],
        };
        var tokens = new VisionTokens(vision.GetProperty("patch_size").GetInt32());

        var layouts = ImageSizes("llava-next").Select(size => processor.Layout(size, tokens)).ToArray();

        Assert.Equal(ImagePositions(description), layouts.Select(layout => layout.Count));
        var tiles = TilesAPicture().Match(description.RootElement.GetProperty("notes").GetString()!).Groups[1].Value;
        Assert.Equal(tiles, string.Join(", ", layouts.Select(layout => layout.TileCount)));
    }

    [Fact]
    public void Layout_GoldenPhi3VisionModel_HasTheTokensOfItsRows()
    {
        using var description = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("phi3-v", "case.json")));
        using var config = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("phi3-v", "model", "config.json")));
        var tile = description.RootElement.GetProperty("tile").GetInt32();
        var side = (int)Math.Sqrt(config.RootElement.GetProperty("img_processor").GetProperty("num_img_tokens").GetInt32());
        var tokens = new VisionTokens(tile / (2 * side));

        Assert.Equal(ImagePositions(description), ImageSizes("phi3-v").Select(size => Phi3VisionTokenLayout.Create(size, tile, tokens).Count));
    }

    private static PictureProcessor Processor(string name, JsonElement family)
    {
        if (Crops().Match(name) is { Success: true } crops)
        {
            return new Phi3VisionProcessor { MaximumTiles = int.Parse(crops.Groups[1].ValueSpan, CultureInfo.InvariantCulture) };
        }

        if (name == "qwen2-vl")
        {
            return new Qwen2VlProcessor { LeastPixels = family.GetProperty("min_pixels").GetInt32(), MostPixels = family.GetProperty("max_pixels").GetInt32() };
        }

        var oneVision = name.StartsWith("llava-onevision", StringComparison.Ordinal);
        Assert.True(oneVision || name.StartsWith("llava-next", StringComparison.Ordinal), name);
        PictureSize[] resolutions = [.. Sizes(family.GetProperty("image_grid_pinpoints"))];
        return new LlavaNextProcessor
        {
            TileSize = resolutions.Min(size => Math.Min(size.Height, size.Width)),
            Resolutions = [.. resolutions],
            MostTiles = oneVision ? 9 : null,
        };
    }

    private static IEnumerable<PictureSize> ImageSizes(string model) =>
        SafetensorsArrays.Read(Goldens.Folder(model, "inputs.safetensors")).Integers("image_sizes").Chunk(2)
            .Select(pair => new PictureSize((int)pair[0], (int)pair[1]));

    private static IEnumerable<PictureSize> Sizes(JsonElement pairs) =>
        pairs.EnumerateArray().Select(pair => new PictureSize(pair[0].GetInt32(), pair[1].GetInt32()));

    private static IEnumerable<int> ImagePositions(JsonDocument description) =>
        description.RootElement.GetProperty("image_positions").EnumerateArray().Select(row => row.GetArrayLength());

    [GeneratedRegex("^phi3v-([0-9]+)-crops$")]
    private static partial Regex Crops();

    [GeneratedRegex(@"tiles a picture: \[([0-9, ]+)\]")]
    private static partial Regex TilesAPicture();
}
