using System.Collections.Immutable;
using ProbePipeline.Costs;
using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Models;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Costs;

public sealed class ForwardCostTests
{
    [Fact]
    public void Of_Llava7BOnePicture_AreTheNumbersByHand()
    {
        var ways = SharedWays.Of([Marks(vision: 23, language: 32)]);
        var cost = ForwardCost.Of(Llava7B.Shape, ways, ForwardBatch.OfTiles(1, 1, Llava7B.TileTokens, Llava7B.ImageTokens, prefix: 581, length: 640), headTokens: 1);
        // 23 layers; patches of 588 numbers; the projector's 1024 x 4096 + 4096 x 4096.
        Assert.Equal((23 * 15_884_357_632.0) + (2.0 * 576 * 588 * 1024) + (2.0 * 576 * 20_971_520), cost.VisionOperations);
        Assert.Equal(32 * ((2.0 * 581 * 202_375_168) + (4.0 * 581 * 581 * 4096)), cost.PrefixOperations);
        Assert.Equal(32 * ((2.0 * 59 * 202_375_168) + (4.0 * 59 * 640 * 4096)), cost.SuffixOperations);
        Assert.Equal(2.0 * 4096 * 32064, cost.HeadOperations);
        Assert.Equal((23.0 / 24, 1, 1, 640), (cost.Tiles, cost.Prefixes, cost.Suffixes, cost.Tokens));
    }

    [Fact]
    public void Of_SixQuestions_ComputeThePictureOnce()
    {
        var (one, six) = (Cost(questions: 1), Cost(questions: 6));
        Assert.Equal(one.VisionOperations, six.VisionOperations);
        Assert.Equal(one.PrefixOperations, six.PrefixOperations);
        Assert.Equal(6 * one.SuffixOperations, six.SuffixOperations);

        static ForwardCost Cost(int questions) =>
            ForwardCost.Of(Llava7B.Shape, SharedWays.Of([Marks(24, 32)]), ForwardBatch.OfTiles(2, questions, Llava7B.TileTokens, Llava7B.ImageTokens, 581, 640), headTokens: 0);
    }

    [Fact]
    public void Of_PicturesByRow_ComputeThemForEveryQuestion()
    {
        var batch = ForwardBatch.OfTiles(1, 6, Llava7B.TileTokens, Llava7B.ImageTokens, 581, 640);
        var (shared, alone) = (Of(Marks(24, 32)), Of(Marks(24, 32) with { VisionByRow = true }));
        Assert.Equal(6 * shared.VisionOperations, alone.VisionOperations, 1e-12 * alone.VisionOperations);
        Assert.Equal(6 * shared.PrefixOperations, alone.PrefixOperations);
        Assert.Equal(shared.SuffixOperations, alone.SuffixOperations);

        ForwardCost Of(ConditionMarks marks) => ForwardCost.Of(Llava7B.Shape, SharedWays.Of([marks]), batch, headTokens: 0);
    }

    [Fact]
    public void Of_SampleModel_AreThoseOfItsWeightsAndPatterns()
    {
        using var model = SampleModel.Load();
        var row = SampleModel.Rows(model, new PartScenes(11, 1), TestContext.Current.CancellationToken).Rows[0];
        var read = model.Read(row.Picture, row.Region, row.Prompt);
        var last = new SiteCapture(Site.ResidualPost(Tower.Language, 5), Pooling.RegionMean);
        using var result = model.Network.Forward(new Batch([read]), new ForwardRequest { Captures = [last], Patterns = [(Tower.Vision, 0), (Tower.Language, 0)] });
        long[] tilePairs = result.Pattern(Tower.Vision, 0).shape;
        long[] rowPairs = result.Pattern(Tower.Language, 0).shape;

        // Every matrix of the checkpoint that these layers hold, once a token.
        var tensors = SafetensorsArrays.Read(Path.Combine(SampleModel.Folder, "model.safetensors"));
        double expected = 0;
        foreach (var name in tensors.Names.Where(name => name.EndsWith("weight", StringComparison.Ordinal)))
        {
            var shape = tensors.Shape(name);
            var numbers = shape.Aggregate(1.0, (product, size) => product * size);
            expected += 2 * numbers * name switch
            {
                _ when shape.Length < 2 || name.Contains("embed_tokens", StringComparison.Ordinal) || name.Contains("position_embedding", StringComparison.Ordinal) => 0,
                _ when name.Contains("patch_embedding", StringComparison.Ordinal) || name.Contains("projector", StringComparison.Ordinal) => 64,
                // The projector reads before the last layer.
                _ when name.Contains("vision", StringComparison.Ordinal) => name.Contains("layers.5.", StringComparison.Ordinal) ? 0 : tilePairs[^1],
                _ when name.Contains("lm_head", StringComparison.Ordinal) => 0,
                _ => rowPairs[^1],
            };
        }

        // Scores and weighted values, 32 numbers a head.
        expected += 2 * 2 * 32 * ((5.0 * tilePairs[1] * tilePairs[2] * tilePairs[3]) + (6.0 * rowPairs[1] * rowPairs[2] * rowPairs[3]));

        var marks = new PassMarks(model.Network, read).Of(new ConditionOptions("intact", []), [last.Site], answers: false);
        // All of a row at once, as this forward does it.
        var batch = ForwardBatch.OfTiles(1, 1, 65, 64, prefix: 0, length: read.TokenIds.Length);
        Assert.Equal(expected, ForwardCost.Of(NetworkShape.Of(model.Network), SharedWays.Of([marks]), batch, headTokens: 0).Operations, 1e-12 * expected);
    }

    [Fact]
    public void Weights_SampleModel_AreItsParametersButBiasesAndNorms()
    {
        using var model = SampleModel.Load();
        var all = model.Network.Checkpoint.ParameterCount;
        Assert.InRange(NetworkShape.Of(model.Network).Weights, 0.99 * all, all);
    }

    private static ConditionMarks Marks(int vision, int language)
    {
        var layers = Enumerable.Repeat("", language).ToImmutableArray();
        return new ConditionMarks { Vision = [.. Enumerable.Repeat("", vision)], Prefix = layers, Suffix = layers };
    }
}
