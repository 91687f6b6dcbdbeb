using System.Collections.Immutable;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests;

public sealed class GenerationTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("llama3-rope")]
    [InlineData("mistral")]
    [InlineData("qwen2")]
    [InlineData("gemma2")]
    [InlineData("phi3")]
    [InlineData("phi3-long")]
    public void Generate_WithItsCache_EqualsForwardsWithoutOne(string name)
    {
        using var network = TestNetworks.Load(name);
        // Rows of several lengths: one of phi3-long's outgrows the short frequencies (16 tokens) while it answers.
        PromptRow[] rows = [new([.. TestNetworks.Words(1, 14)]), new([.. TestNetworks.Words(2, 20)]), new([.. TestNetworks.Words(3, 5)])];
        ImmutableArray<AttentionBlock>[] conditions =
        [
            [],
            [new(Tower.Language, TokenSet.Last, TokenSet.Positions(16, 17))],
            [new(Tower.Language, TokenSet.All, TokenSet.Positions(15, 16) + TokenSet.Generated) { Heads = [0], Layers = LayerSelection.LateHalf }],
        ];
        foreach (var blocks in conditions)
        {
            const int Steps = 8;
            var cached = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = Steps, Blocks = blocks });
            Assert.Equal(UncachedAnswers.Of(network, rows, new ForwardRequest { Blocks = blocks }, Steps), cached.Select(answer => answer.ToArray()));
        }
    }

    [Fact]
    public void Generate_WithPictures_EqualsForwardsWithoutACache()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llava");
        PromptRow[] rows = [TestNetworks.Row(network, 1, 4, 6, 0), TestNetworks.Row(network, 2, 1, 3, 6)];
        ImmutableArray<AttentionBlock> blocks = [new(Tower.Language, TokenSet.Question, TokenSet.Outside), new(Tower.Vision, TokenSet.All, TokenSet.All)];
        var cached = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = 6, Blocks = blocks });
        Assert.Equal(UncachedAnswers.Of(network, rows, new ForwardRequest { Blocks = blocks }, 6), cached.Select(answer => answer.ToArray()));
    }

    [Fact]
    public void Generate_PicturesWithThreePositionsAToken_EqualsForwardsWithoutACache()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("qwen2-vl");
        // The picture's positions end behind as many as its longer edge has, so they differ from the places of the tokens.
        PromptRow[] rows = [Picture(1, 4, 9), Picture(2, 1, 3)];
        ImmutableArray<AttentionBlock> blocks = [new(Tower.Language, TokenSet.Question, TokenSet.Positions(8, 9)), new(Tower.Vision, TokenSet.All, TokenSet.Positions(0, 1))];
        var cached = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = 6, Blocks = blocks });
        Assert.Equal(UncachedAnswers.Of(network, rows, new ForwardRequest { Blocks = blocks }, 6), cached.Select(answer => answer.ToArray()));

        PromptRow Picture(int seed, int before, int after)
        {
            var layout = new Inputs.ImageTokenLayout([.. from row in Enumerable.Range(0, 2) from column in Enumerable.Range(0, 3) select Inputs.ImageToken.Patch(0, row, column)], 1, 2, 3);
            using var pixels = randn([3, 56, 84], generator: new Generator((ulong)seed));
            return new PromptRow(
                [.. TestNetworks.Words(seed, before), .. Enumerable.Repeat(network.ImageTokenId!.Value, 6), .. TestNetworks.Words(seed + 10, after)], [new PictureInput(pixels.data<float>().ToArray(), layout)]);
        }
    }

    [Fact]
    public void Forward_PicturesOfTwoGridsAtOnce_AreRefused()
    {
        using var network = TestNetworks.Load("qwen2-vl");
        PromptRow Picture(int columns)
        {
            var layout = new Inputs.ImageTokenLayout([.. Enumerable.Range(0, columns).Select(column => Inputs.ImageToken.Patch(0, 0, column))], 1, 1, columns);
            return new PromptRow([.. Enumerable.Repeat(network.ImageTokenId!.Value, columns), 5], [new PictureInput(new float[3 * 28 * 28 * columns], layout)]);
        }

        var error = Assert.Throws<NetworkInputException>(() => network.Forward(new Batch([Picture(1), Picture(2)]), new ForwardRequest { LogitsAt = TokenSet.Last }));
        Assert.Contains("expected pictures of one grid in a forward", error.Message, StringComparison.Ordinal);
        Assert.Contains("found 1 x 1 and 1 x 2 image tokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_StopToken_EndsItsRowAlone()
    {
        using var network = TestNetworks.Load("llama");
        PromptRow[] rows = [new([.. TestNetworks.Words(1, 6)]), new([.. TestNetworks.Words(2, 9)])];
        var free = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = 6 });
        var stop = free[0].First(token => !free[1].Contains(token));
        var stopped = network.Generate(new Batch(rows), new GenerationOptions { MaxNewTokens = 6, StopTokens = [stop] });
        Assert.Equal(free[0][..(free[0].IndexOf(stop) + 1)], stopped[0]);
        Assert.Equal(free[1], stopped[1]);
    }

    [Fact]
    public void Generate_VocabularyLimit_ChoosesBelowIt()
    {
        using var network = TestNetworks.Load("llama");
        var answers = network.Generate(new Batch([new PromptRow([.. TestNetworks.Words(1, 6)])]), new GenerationOptions { MaxNewTokens = 12, VocabularyLimit = 20 });
        Assert.All(answers[0], token => Assert.InRange(token, 0, 19));
    }

    [Fact]
    public void Forward_AnswerTokensAsGenerated_SeeWhatTheLastPromptTokenSees()
    {
        using var scope = NewDisposeScope();
        using var network = TestNetworks.Load("llama");
        var prompt = TestNetworks.Words(1, 10).ToArray();
        ImmutableArray<AttentionBlock> blocks = [new(Tower.Language, TokenSet.Last, TokenSet.Positions(2, 3))];
        var row = new PromptRow([.. prompt, 30, 31], []) { GeneratedCount = 2 };
        using var result = network.Forward(new Batch([row]), new ForwardRequest { Blocks = blocks, Patterns = [(Tower.Language, 0)] });
        var pattern = result.Pattern(Tower.Language, 0);                                        // [1, heads, 12, 12]
        Assert.Equal(0, pattern[.., .., 9.., 2..4].abs().max().ToSingle());
        Assert.True(pattern[.., .., 8, 2..4].min().ToSingle() > 0);
    }
}
