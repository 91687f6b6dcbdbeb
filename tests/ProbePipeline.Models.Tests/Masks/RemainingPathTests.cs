using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Tests.Masks;

public sealed class RemainingPathTests
{
    private static readonly AttentionBlock VisionCut = new(Tower.Vision, TokenSet.All, TokenSet.All);
    private static readonly AttentionBlock DecoderCut = new(Tower.Language, TokenSet.Image, TokenSet.Image);

    [Fact]
    public void RemainingPaths_NothingCut_AreDirect() => Assert.Equal(["directly", "directly", "directly"], Ways([]));

    [Fact]
    public void RemainingPaths_VisionCut_ClosesTheTowerAlone() => Assert.Equal(["none", "directly", "directly"], Ways([VisionCut]));

    [Fact]
    public void RemainingPaths_PatchesCutFromPatches_LeadThroughTheClassToken() =>
        Assert.Equal("through cls", Ways([new(Tower.Vision, TokenSet.Patches, TokenSet.Patches)])[0]);

    [Fact]
    public void RemainingPaths_BothCut_StillReachTheAnswer() => Assert.Equal(["none", "none", "directly"], Ways([VisionCut, DecoderCut]));

    [Fact]
    public void RemainingPaths_QuestionCutFromOutside_LeadThroughTheRegionWhileItSeesTheRest() =>
        Assert.Equal("through region", Ways([new(Tower.Language, TokenSet.Question, TokenSet.Outside)])[2]);

    [Fact]
    public void RemainingPaths_OnlyTheRegionVisible_AreNone() =>
        Assert.Equal(["none", "none", "none"], Ways([VisionCut, DecoderCut, new(Tower.Language, TokenSet.Question, TokenSet.Outside)]));

    [Fact]
    public void RemainingPaths_LastTokenCutFromThePicture_LeadThroughTheQuestion() =>
        Assert.Equal("through question", Ways([new(Tower.Language, TokenSet.Last, TokenSet.Image)])[2]);

    [Fact]
    public void RemainingPaths_CutInOneHeadOrLayer_StayDirect()
    {
        Assert.Equal("directly", Ways([DecoderCut with { Heads = [0] }])[1]);
        Assert.Equal("directly", Ways([DecoderCut with { Layers = LayerSelection.LateHalf }])[1]);
    }

    [Fact]
    public void Way_ThroughSeveralKinds_NamesThemInOrder() => Assert.Equal(
        "through region and question",
        new RemainingPath(Tower.Language, TokenSet.Outside, TokenSet.Last, Exists: true, [TokenSet.Region, TokenSet.Question]).Way);

    // Vision to the region, language to the region, language to the last token. The region is late enough that the outside comes before it.
    private static string[] Ways(AttentionBlock[] blocks)
    {
        using var network = TestNetworks.Load("llava");
        return [.. network.RemainingPaths(TestNetworks.Row(network, seed: 1, before: 3, after: 5, region: 9), blocks).Select(path => path.Way)];
    }
}
