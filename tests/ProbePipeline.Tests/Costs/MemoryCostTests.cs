using System.Collections.Immutable;
using ProbePipeline.Costs;

namespace ProbePipeline.Tests.Costs;

public sealed class MemoryCostTests
{
    [Fact]
    public void Of_OneLayerOfOneRow_AreTheNumbersByHand()
    {
        var network = new NetworkShape { Language = new TowerShape(1, 8, 8, 8, 16, 3), VocabularySize = 10 };
        ImmutableArray<int> one = [1];
        var ways = new SharedWays([], [], 0, 0, one, [0], one);
        var cost = MemoryCost.Of(network, parameters: 1000, numberBytes: 2, ForwardBatch.OfTiles(1, 1, 0, 0, 0, 5), ways, conditions: 3, rowBytes: 100, chunkRows: 7);
        Assert.Equal(2000, cost.Weights);
        // Five tokens: 8 x 8 and 3 x 16 of a layer, 8 of a waiting state and 2 x 5 of a mask; the row's features under three conditions.
        Assert.Equal((2 * 5 * (64 + 48 + 8 + 10)) + 300, cost.Batch);
        Assert.Equal(3 * 7 * 3 * 100, cost.Chunk);
        Assert.Equal(cost.Weights + cost.Batch + cost.Chunk + MemoryCost.Runtime, cost.Peak);
    }
}
