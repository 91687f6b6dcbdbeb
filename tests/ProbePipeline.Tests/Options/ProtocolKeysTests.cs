using ProbePipeline.Options;
using ProbePipeline.Probes.Protocols;

namespace ProbePipeline.Tests.Options;

public sealed class ProtocolKeysTests
{
    private const string Minimal = "model: m\ndataset: { name: partscenes }\nconditions: { intact: [] }\ncapture: { sites: vision.resid_post }\n";

    [Fact]
    public void Parse_NoProtocol_IsOneSplitWithoutExtras()
    {
        var probe = Parse("probe: { control: { type: color } }").Probe!;

        Assert.Equal((1, 1, 1, false), (probe.Split.Folds, probe.Split.Repeats, probe.Control!.Seeds, probe.Refit));
        Assert.Null(probe.LearningCurve);
        Assert.Null(probe.CodeLength);
    }

    [Fact]
    public void Parse_EveryProtocol_IsTakenAndWrittenAgain()
    {
        var options = Parse(
            "probe: { split: { order: random, seed: 3, folds: 5, repeats: 4 }, refit: false, learningCurve: { shares: [1, 0.2], seed: 6 }, "
            + "codeLength: { shares: [1, 0.5], cut: row, order: index, unseen: clip }, control: { type: color, seeds: 7 } }");

        var probe = options.Probe!;
        Assert.Equal(new SplitOptions { Order = SplitOrder.Random, Seed = 3, Folds = 5, Repeats = 4 }, probe.Split);
        Assert.Equal([0.2, 1], probe.LearningCurve!.Shares);
        Assert.Equal(6, probe.LearningCurve.Seed);
        Assert.Equal([0.5, 1], probe.CodeLength!.Shares);
        Assert.Equal((CodeBlocks.Rows, SplitOrder.Index, UnseenClasses.Clip), (probe.CodeLength.Cut, probe.CodeLength.Order, probe.CodeLength.Unseen));
        Assert.Equal(7, probe.Control!.Seeds);
        Assert.Equal(options, ExperimentFile.Parse(options.ToYaml(), "x.yaml"));
    }

    [Fact]
    public void Parse_EmptySections_HaveTheDefaults()
    {
        var probe = Parse("probe: { refit: false, learningCurve: {}, codeLength: {} }").Probe!;

        Assert.Equal([0.1, 0.25, 0.5, 1], probe.LearningCurve!.Shares);
        Assert.Equal([0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.0625, 0.125, 0.25, 0.5, 1], probe.CodeLength!.Shares);
        Assert.Equal((CodeBlocks.Pictures, SplitOrder.Random, UnseenClasses.Laplace, 0L), (probe.CodeLength.Cut, probe.CodeLength.Order, probe.CodeLength.Unseen, probe.CodeLength.Seed));
    }

    [Fact]
    public void Parse_FoldsWithSharesThatSumToMore_IsNoMistakeSinceTrainCountsForNothing() =>
        Assert.Equal(5, Parse("probe: { split: { folds: 5, validation: 0.5 } }").Probe!.Split.Folds);

    [Theory]
    [InlineData("split: { folds: 0 }", "probe.split.folds", "found \"0\", expected a whole number from 1 to 1000")]
    [InlineData("split: { folds: 2, validation: 0.5 }", "probe.split.validation", "found 0.5 with 2 folds, expected less than 0.5")]
    [InlineData("split: { repeats: 3 }", "probe.split.repeats", "found 3 with order index, which gives the same split every time")]
    [InlineData("refit: yes", "probe.refit", "found \"yes\", expected true or false")]
    [InlineData("refit: true, learningCurve: {}", "probe.learningCurve", "found together with refit")]
    [InlineData("learningCurve: { shares: [0, 1] }", "probe.learningCurve.shares", "found \"0\", expected shares above 0, 1 at most")]
    [InlineData("learningCurve: [0.1, 1]", "probe.learningCurve", "expected a mapping with shares, seed")]
    [InlineData("codeLength: { shares: [0.1, 0.5] }", "probe.codeLength.shares", "found 0.5 as the last share, expected 1: a code tells all labels")]
    [InlineData("codeLength: { order: index, seed: 3 }", "probe.codeLength.seed", "found 3 with order index, which takes no seed")]
    [InlineData("control: { type: color, seeds: 0 }", "probe.control.seeds", "found \"0\", expected a whole number from 1 to 100")]
    public void Parse_OneMistake_SaysWhatIsAllowed(string keys, string key, string expected)
    {
        var problem = Assert.Single(Assert.Throws<ExperimentFileException>(() => Parse($"probe: {{ {keys} }}")).Problems);

        Assert.Equal(key, problem.Key);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    private static ExperimentOptions Parse(string probe) => ExperimentFile.Parse($"{Minimal}{probe}\n", "x.yaml");
}
