using System.Security.Cryptography;
using System.Text.Json;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Scenes;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Regions;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Datasets;

[Trait("Category", "Golden")]
public sealed class PartScenesGoldenTests(ITestOutputHelper output)
{
    private static readonly SingleTileProcessor Whole = new();

    [Fact]
    public void Pictures_EveryGoldenScene_EqualsTheGenerator()
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(Goldens.Folder("partscenes", "expected.json")));
        var scenes = golden.RootElement.GetProperty("scenes").EnumerateArray().ToArray();
        var patches = new VisionTokens(golden.RootElement.GetProperty("patch").GetInt32());
        var (pictures, parts, bestOnly) = (0, 0, 0);
        foreach (var (picture, expected) in new PartScenes(golden.RootElement.GetProperty("seed").GetInt64(), scenes.Length).Pictures.Zip(scenes))
        {
            Assert.Equal(expected.GetProperty("index").GetInt32(), picture.Index);
            Assert.Equal(expected.GetProperty("rgb_sha256").GetString(), Hash(picture.Load().Pixels));
            var expectedParts = expected.GetProperty("parts").EnumerateArray().ToArray();
            Assert.Equal(expectedParts.Length, picture.Parts.Length);
            Assert.Equal(Texts(expected.GetProperty("objects")), picture.Parts.Select(part => part.Attributes["object"]).Distinct());
            foreach (var (part, expectedPart) in picture.Parts.Zip(expectedParts))
            {
                ComparePart(expectedPart, part);
                bestOnly += ComparePatches(expectedPart, part.Mask, patches) ? 1 : 0;
                parts++;
            }

            pictures++;
        }

        output.WriteLine($"{pictures} pictures and {parts} parts compared, {bestOnly} parts by their best-covered patch alone");
        Assert.Equal((40, 240), (pictures, parts));
    }

    private static void ComparePart(JsonElement expected, PicturePart part)
    {
        Assert.Equal(expected.GetProperty("label").GetString(), part.Attributes["part"]);
        Assert.Equal(expected.GetProperty("shape").GetString(), part.Attributes["shape"]);
        Assert.Equal(expected.GetProperty("color").GetString(), part.Attributes["color"]);
        Assert.Equal(expected.GetProperty("object").GetString(), part.Attributes["object"]);
        Assert.Equal(expected.GetProperty("mask_pixels").GetInt32(), part.Mask.Area);
        Assert.Equal(expected.GetProperty("mask_sha256").GetString(), Hash(part.Mask.Bits)[..16]);

        // A part's box is 16 pixels wide; a square fills 14 of them, and a triangle's apex takes no pixel of the first row.
        var box = expected.GetProperty("box").EnumerateArray().Select(edge => edge.GetInt32()).ToArray();
        var (top, margin) = part.Attributes["shape"] switch { "square" => (1, 1), "triangle" => (1, 0), _ => (0, 0) };
        Assert.Equal(new PictureRectangle(box[1] + top, box[0] + margin, box[3] - margin, box[2] - margin), part.Mask.Bounds);
    }

    /// <summary>Returns whether the part has its best-covered patch alone.</summary>
    private static bool ComparePatches(JsonElement expected, RegionMask mask, VisionTokens patches)
    {
        var covered = expected.GetProperty("patches").EnumerateArray().Select(patch => patch.GetInt32()).ToArray();
        var best = expected.GetProperty("best_patch").GetInt32();
        var region = new RegionMapper().Map(mask, Scene.Size, Whole, patches);
        int[] chosen = covered.Length > 0 ? covered : [best];
        Assert.Equal(chosen, region.Tokens);
        Assert.Equal(chosen, Assert.Single(region.TilePatches));
        Assert.Equal(covered.Length == 0, region.BestCoveredOnly);

        // With a threshold that no patch reaches the best-covered one is all that is left.
        Assert.Equal([best], new RegionMapper { Threshold = 1 }.Map(mask, Scene.Size, Whole, patches).Tokens);
        return covered.Length == 0;
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!);
}
