using System.Collections.Immutable;
using ProbePipeline.Inputs;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests;

/// <summary>The small networks of the committed goldens, and rows for them.</summary>
internal static class TestNetworks
{
    public static readonly ImmutableArray<AttentionBlock> RegionAlone =
    [
        new(Tower.Vision, TokenSet.Region, TokenSet.Outside + TokenSet.ClassTokens),
        new(Tower.Language, TokenSet.Region, TokenSet.Outside),
        new(Tower.Language, TokenSet.Question, TokenSet.Outside) { Layers = LayerSelection.LateHalf },
    ];

    public static Network Load(string name, NetworkOptions? options = null) => Network.Load(Path.Combine(Repository.Root, "tests", "goldens", name, "model"), options);

    /// <summary>A prompt: words, the image tokens of one picture, words; and a region of two patches at the given place.</summary>
    public static PromptRow Row(Network network, int seed, int before, int after, int region)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator((ulong)seed);
        var vision = network.Vision!;
        var grid = vision.GridSize;
        var pixels = randn(1, vision.ChannelCount, vision.ImageSize, vision.ImageSize, generator: generator);
        var layout = new ImageTokenLayout([.. Enumerable.Range(0, grid * grid).Select(patch => ImageToken.Patch(0, patch / grid, patch % grid))], 1, grid, grid);
        ImmutableArray<int> patches = [region, region + 1];
        return new PromptRow(
            [.. Words(seed, before), .. Enumerable.Repeat(network.ImageTokenId ?? -1, layout.Count), .. Words(seed + 100, after)],
            [new PictureInput(pixels.data<float>().ToArray(), layout, new PictureRegion([patches], patches))]);
    }

    public static IEnumerable<int> Words(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => random.Next(10, 140));
    }

    /// <summary>Largest difference, relative to the largest absolute value of what is expected.</summary>
    public static double Difference(Tensor actual, Tensor expected)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.shape, actual.shape);
        return ((actual.to_type(ScalarType.Float32) - expected.to_type(ScalarType.Float32)).abs().max() / expected.to_type(ScalarType.Float32).abs().max()).ToDouble();
    }

    public static PromptRow[] ThreeRows(Network network) =>
    [
        Row(network, seed: 1, before: 4, after: 6, region: 0),
        Row(network, seed: 2, before: 1, after: 9, region: 6),
        Row(network, seed: 3, before: 2, after: 2, region: 13),
    ];

    public static ImmutableArray<SiteCapture> Captures(Network network) =>
    [
        .. network.Sites.Where(site => site != Site.Pooled).Select(site => new SiteCapture(site, Pooling.RegionMean)),
        new(Site.ResidualPost(Tower.Language, 3), Pooling.RegionTokens),
        new(Site.ResidualPost(Tower.Vision, 3), Pooling.ClassToken),
    ];
}
