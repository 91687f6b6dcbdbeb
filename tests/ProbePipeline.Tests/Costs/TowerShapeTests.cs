using ProbePipeline.Costs;

namespace ProbePipeline.Tests.Costs;

public sealed class TowerShapeTests
{
    [Fact]
    public void LayerOperations_Llama7B_AreTheNumbersByHand()
    {
        // 4 x 4096 x 4096 + 3 x 4096 x 11008.
        Assert.Equal(202_375_168, Llava7B.Shape.Language!.LayerWeights);
        // 2 x 640 x 202 375 168 + 4 x 640 x 640 x 4096.
        Assert.Equal(265_751_101_440, Llava7B.Shape.Language.LayerOperations(640, 640));
    }

    [Fact]
    public void LayerOperations_ClipLarge_AreTheNumbersByHand()
    {
        // 4 x 1024 x 1024 + 2 x 1024 x 4096.
        Assert.Equal(12_582_912, Llava7B.Shape.Vision!.LayerWeights);
        // 2 x 577 x 12 582 912 + 4 x 577 x 577 x 1024.
        Assert.Equal(15_884_357_632, Llava7B.Shape.Vision.LayerOperations(577, 577));
    }

    [Fact]
    public void LayerOperations_PrefixThenSuffix_LackOnlyWhatCausalityForbids()
    {
        var tower = new TowerShape(1, 8, 8, 4, 16, 3);
        // The prefix does not attend to the suffix: 4 x 7 x 3 x 8 operations.
        Assert.Equal(tower.LayerOperations(10, 10) - 672, tower.LayerOperations(7, 7) + tower.LayerOperations(3, 10));
    }

    [Fact]
    public void LayerWeights_FewerKeyHeads_CountThemOnce() => Assert.Equal((2 * 8 * 8) + (2 * 8 * 4) + (3 * 8 * 16), new TowerShape(1, 8, 8, 4, 16, 3).LayerWeights);
}
