using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Models.Tests.Families;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Interventions;

/// <summary>What tests of interventions share.</summary>
internal static class InterventionCases
{
    public static readonly ImmutableArray<AttentionBlock> BothCut = [new(Tower.Vision, TokenSet.All, TokenSet.All), new(Tower.Language, TokenSet.Image, TokenSet.Image)];

    /// <summary>In the type in which it is stored.</summary>
    public static Network Load(GoldenCase golden) => Network.Load(golden.ModelFolder, new NetworkOptions { VisionTower = GoldenNetworks.VisionTower(golden) });

    /// <summary>A site of every kind and tower that can be changed, on the way to the answer.</summary>
    public static ImmutableArray<Site> EditableSites(Network network) =>
    [
        .. network.Sites.Where(site => site.Kind is not SiteKind.FinalNorm and not SiteKind.Pooled && site.Layer is -1 or 1),
    ];

    /// <summary>An eraser of two directions that are orthogonal, so that nothing of them is left: Left = Right transposed.</summary>
    public static LinearEdit Eraser(int width, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var (orthogonal, _) = linalg.qr(randn(width, 2, generator: generator));                                // [D, 2]
        return new LinearEdit(
            [.. randn(width, generator: generator).data<float>()], [.. orthogonal.contiguous().data<float>()], [.. orthogonal.t().contiguous().data<float>()]);
    }

    /// <summary>Every site, pooled over tokens that every network has.</summary>
    public static ImmutableArray<SiteCapture> Captures(Network network) => [.. TestNetworks.Captures(network).Where(capture => capture.Pooling != Pooling.ClassToken)];

    public static void AssertSame(ForwardRequest request, ForwardResult expected, ForwardResult actual, string what)
    {
        foreach (var capture in request.Captures)
        {
            Assert.True(actual[capture].Values.equal(expected[capture].Values).all().ToBoolean(), $"{what}: {capture} differs");
        }

        if (request.LogitsAt is not null)
        {
            Assert.True(actual.Logits!.Values.equal(expected.Logits!.Values).all().ToBoolean(), $"{what}: the logits differ");
        }
    }
}
