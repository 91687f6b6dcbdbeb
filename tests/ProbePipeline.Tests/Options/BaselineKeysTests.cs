using ProbePipeline.Options;

namespace ProbePipeline.Tests.Options;

public sealed class BaselineKeysTests
{
    private const string Minimal = "model: m\ndataset: { name: partscenes }\nconditions: { intact: [] }\ncapture: { sites: vision.resid_post }\n";

    [Fact]
    public void Parse_NoBaselines_AsksForNone()
    {
        var baselines = Parse("{}").Probe!.Baselines;

        Assert.Empty(baselines.OtherLabels);
        Assert.Equal((false, false, 0L), (baselines.RandomFeatures, baselines.RandomModel, baselines.Seed));
    }

    [Fact]
    public void Parse_EveryBaseline_IsTakenAndWrittenAgain()
    {
        var options = Parse("{ baselines: { otherLabels: [shape, color], randomFeatures: true, randomModel: true, seed: 4 } }");

        var baselines = options.Probe!.Baselines;
        Assert.Equal(["shape", "color"], baselines.OtherLabels);
        Assert.Equal((true, true, 4L), (baselines.RandomFeatures, baselines.RandomModel, baselines.Seed));
        Assert.Equal(options, ExperimentFile.Parse(options.ToYaml(), "x.yaml"));
    }

    [Theory]
    [InlineData("otherLabels: part", "probe.baselines.otherLabels", "found the target \"part\", expected other fields: the target is what they are to tell")]
    [InlineData("otherLabels: [color, weight]", "probe.baselines.otherLabels", "found the field \"weight\", expected one that rows of partscenes have: part, shape, color")]
    [InlineData("otherLabels: []", "probe.baselines.otherLabels", "expected a field of a row")]
    [InlineData("otherLabels: [color, color]", "probe.baselines.otherLabels", "found \"color\" twice, expected each once")]
    [InlineData("randomModel: yes", "probe.baselines.randomModel", "found \"yes\", expected true or false")]
    [InlineData("otherLabels: color, seed: 3", "probe.baselines.seed", "found 3 with nothing to draw; expected randomFeatures or randomModel true, or no seed")]
    [InlineData("randomModels: true", "probe.baselines.randomModels", "randomModel")]
    public void Parse_OneMistake_SaysWhatIsAllowed(string keys, string key, string expected)
    {
        var problem = Assert.Single(Assert.Throws<ExperimentFileException>(() => Parse($"{{ baselines: {{ {keys} }} }}")).Problems);

        Assert.Equal(key, problem.Key);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    private static ExperimentOptions Parse(string probe) => ExperimentFile.Parse($"{Minimal}probe: {probe}\n", "x.yaml");
}
