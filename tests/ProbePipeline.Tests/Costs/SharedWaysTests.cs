using System.Collections.Immutable;
using ProbePipeline.Costs;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Costs;

public sealed class SharedWaysTests
{
    private static readonly AttentionBlock VisionCut = new(Tower.Vision, TokenSet.All, TokenSet.All);
    private static readonly AttentionBlock DecoderCut = new(Tower.Language, TokenSet.Image, TokenSet.Image);
    private static readonly Site[] Sites = [Site.ResidualPost(Tower.Vision, 5), Site.ResidualPost(Tower.Language, 5)];

    [Fact]
    public void Of_TwoByTwo_SeesTwoTowersAndFourPrompts()
    {
        var ways = Of([], [VisionCut], [DecoderCut], [VisionCut, DecoderCut]);
        Assert.Equal([2, 2, 2, 2, 2, 2], ways.VisionByPicture);
        Assert.Equal([0, 0, 0, 0, 0, 0], ways.VisionByRow);
        Assert.Equal((2, 0), (ways.ProjectedByPicture, ways.ProjectedByRow));
        Assert.Equal([4, 4, 4, 4, 4, 4], ways.PrefixByPicture);
        Assert.Equal([4, 4, 4, 4, 4, 4], ways.Suffix);
    }

    [Fact]
    public void Of_CutsOfTheQuestion_ShareThePicture()
    {
        var ways = Of([], [new(Tower.Language, TokenSet.Question, TokenSet.Image)], [new(Tower.Language, TokenSet.Question, TokenSet.Region) { Layers = LayerSelection.LateHalf }]);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.VisionByPicture);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.PrefixByPicture);
        Assert.Equal([0, 0, 0, 0, 0, 0], ways.PrefixByRow);
        Assert.Equal([2, 2, 2, 3, 3, 3], ways.Suffix);
    }

    [Fact]
    public void Of_LateDecoderCut_PartsThere()
    {
        var ways = Of([], [DecoderCut with { Layers = LayerSelection.Of(4) }]);
        Assert.Equal([1, 1, 1, 1, 2, 2], ways.PrefixByPicture);
        Assert.Equal([1, 1, 1, 1, 2, 2], ways.Suffix);
    }

    [Fact]
    public void Of_RegionAmongImageTokens_GoesRowByRow()
    {
        var ways = Of([], [new(Tower.Language, TokenSet.Region, TokenSet.Outside)], [new(Tower.Vision, TokenSet.Region, TokenSet.Outside)]);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.VisionByPicture);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.VisionByRow);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.PrefixByPicture);
        Assert.Equal([2, 2, 2, 2, 2, 2], ways.PrefixByRow);
    }

    [Fact]
    public void Of_CutAgainstCausality_CutsNothing()
    {
        // No image token sees the question anyway.
        var ways = Of([], [new(Tower.Language, TokenSet.Image, TokenSet.Question)]);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.PrefixByPicture);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.Suffix);
    }

    [Fact]
    public void Of_ErasureBehindThePicture_SharesThePicture()
    {
        var erased = new ConditionOptions("erased", []) { Erasures = [new EraseOptions("part", Site.ResidualPost(Tower.Language, 3), TokenSet.Question)] };
        var ways = Of(new ConditionOptions("intact", []), erased);
        Assert.Equal([1, 1, 1, 1, 1, 1], ways.PrefixByPicture);
        Assert.Equal([0, 0, 0, 0, 0, 0], ways.PrefixByRow);
        Assert.Equal([1, 1, 1, 2, 2, 2], ways.Suffix);
    }

    private static SharedWays Of(params ImmutableArray<AttentionBlock>[] conditions) => Of([.. conditions.Select((blocks, index) => new ConditionOptions($"c{index}", blocks))]);

    private static SharedWays Of(params ConditionOptions[] conditions)
    {
        using var model = SampleModel.Load();
        var row = SampleModel.Rows(model, new PartScenes(11, 1)).Rows[0];
        var marks = new PassMarks(model.Network, model.Read(row.Picture, row.Region, row.Prompt));
        return SharedWays.Of([.. conditions.Select(condition => marks.Of(condition, Sites, answers: true))]);
    }
}
