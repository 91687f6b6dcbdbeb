using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;

namespace ProbePipeline.Tests.Options;

public sealed class InterventionKeysTests
{
    private const string Beginning = "model: m\ndataset: { name: partscenes }\nanswer: { question: What? }\nconditions:\n  intact: []\n  cut: [{ tower: vision, from: all, to: all }]\n";

    [Fact]
    public void Parse_PatchesErasuresAndSweeps_AreTakenAndWrittenAgain()
    {
        var options = Parse("""
              patched: [{ patch: projector, tokens: image-region, from: cut }, { tower: language, from: last, to: image }]
              erased: [{ erase: part, at: language.resid_post.3, tokens: image+last }]
            sweeps:
              early: { block: { tower: vision, from: all, to: all, heads: [1] }, window: 2, stride: 3 }
            """);

        Assert.Equal([new PatchOptions(Site.Projector, TokenSet.Image - TokenSet.Region, "cut")], options.Conditions[2].Patches);
        Assert.Equal(["language: last to image, layers all"], options.Conditions[2].Blocks.Select(block => $"{block}"));
        Assert.Equal([new EraseOptions("part", Site.ResidualPost(Tower.Language, 3), TokenSet.Image + TokenSet.Last)], options.Conditions[3].Erasures);
        Assert.Equal("patched: language: last to image, layers all; projector, tokens image-region: the states of cut", $"{options.Conditions[2]}");
        var sweep = Assert.Single(options.Sweeps);
        Assert.Equal(("early", 2, 3, "vision: all to all, layers all, heads 1"), (sweep.Name, sweep.Window, sweep.Stride, $"{sweep.Block}"));
        Assert.False(options.Answer!.Blind);
        Assert.Equal(options, ExperimentFile.Parse(options.ToYaml(), "again.yaml"));
    }

    [Theory]
    [InlineData("  p: [{ patch: projector, tokens: image, from: cot }]", "(7,6)", "conditions.p", "found a patch from \"cot\", expected another condition that is not patched itself: intact, cut")]
    [InlineData("  p: [{ patch: projector, tokens: image, from: p }]", "(7,6)", "conditions.p", "found a patch from \"p\"")]
    [InlineData("  p: [{ patch: vision.pooled, tokens: all, from: cut }]", "(7,16)", "conditions.p[0].patch", "found \"vision.pooled\", expected one site whose states something behind it reads")]
    [InlineData("  p: [{ patch: language.resid_post, tokens: all, from: cut }]", "(7,16)", "conditions.p[0].patch", "expected its layer too")]
    [InlineData("  p: [{ patch: projector, tokens: cls, from: cut }]", "(7,35)", "conditions.p[0].tokens", "expected tokens of the language tower")]
    [InlineData("  p: [{ patch: projector, from: cut }]", "(7,7)", "conditions.p[0].tokens", "this key is missing")]
    [InlineData("  m: [{ tower: vision, from: all, to: all, replace: average }]", "(7,53)", "conditions.m[0].replace", "found \"average\", expected nothing or mean")]
    [InlineData("  m: [{ tower: vision, from: all, to: all, replace: mean }]\nprobe: { split: { folds: 4 } }", "(7,6)", "conditions.m", "replaces keys by means, and there are several splits")]
    [InlineData("sweeps: { w: { block: { tower: vision, from: all, to: all, replace: mean } } }\nprobe: { split: { folds: 4 } }", "(7,14)", "sweeps.w", "replaces keys by means, and there are several splits")]
    [InlineData("  p: [{ patch: projector, tokens: image, from: cut, rows: mean }]", "(7,59)", "conditions.p[0].rows", "found \"mean\", expected same, other or other-mean")]
    [InlineData("  p: [{ patch: projector, tokens: image, from: cut, rows: other }]\nprobe: { split: { folds: 4 } }", "(7,6)", "conditions.p", "takes states from other rows, and there are several splits")]
    [InlineData("  p: [{ patch: projector, tokens: image, from: cut, rows: other-mean }]\nprobe: { split: { order: random, repeats: 3 } }", "(7,6)", "conditions.p", "takes states from other rows, and there are several splits")]
    [InlineData("  e: [{ erase: weight, at: projector, tokens: image }]", "(7,6)", "conditions.e", "found the field \"weight\", expected one that rows of partscenes have: ")]
    [InlineData("  e: [{ erase: part, at: vision.mlp_out.1, tokens: all }]", "(7,6)", "conditions.e", "erases at vision.mlp_out.1, which is not captured")]
    [InlineData("  e: [{ erase: part, at: projector, tokens: image, layers: all }]", "(7,52)", "conditions.e[0].layers", "this key is not known, expected erase, at or tokens")]
    [InlineData("sweeps: { s: { block: { tower: vision, from: all, to: all, layers: 2 } } }", "(7,68)", "sweeps.s.block.layers", "found \"2\", expected no layers here: the window chooses them")]
    [InlineData("sweeps: { s: { window: 2 } }", "(7,14)", "sweeps.s.block", "this key is missing")]
    [InlineData("sweeps: { a.b: { block: { tower: vision, from: all, to: all } } }", "(7,11)", "sweeps.a.b", "this name is not allowed")]
    [InlineData("sweeps: { s: { block: { tower: vision, from: all, to: all }, stride: 0 } }", "(7,70)", "sweeps.s.stride", "found \"0\", expected a whole number from 1 to 1000")]
    public void Parse_OneMistake_IsNamedWithItsPlace(string line, string place, string key, string expected)
    {
        var error = Assert.Throws<ExperimentFileException>(() => Parse(line));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{key}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_PatchesFromOtherRows_AreTakenAndWrittenAgain()
    {
        var options = Parse("  p: [{ patch: projector, tokens: image, from: cut, rows: other }, { patch: projector, tokens: region, from: cut, rows: other-mean }]\ncapture: { donorSeed: 4 }");
        Assert.Equal([PatchRows.Other, PatchRows.OtherMean], options.Conditions[2].Patches.Select(patch => patch.Rows));
        Assert.Equal(4, options.Capture.DonorSeed);
        Assert.Equal(options, ExperimentFile.Parse(options.ToYaml(), "again.yaml"));
    }

    [Fact]
    public void Parse_BlocksThatReplaceKeys_AreTakenAndWrittenAgain()
    {
        var options = Parse("  m: [{ tower: vision, from: all, to: all, replace: mean }, { tower: vision, from: all, to: all, replace: nothing }]");
        Assert.Equal([KeyMeans.Unknown, null], options.Conditions[2].Blocks.Select(block => block.Means));
        Assert.Equal(options, ExperimentFile.Parse(options.ToYaml(), "again.yaml"));
    }

    [Theory]
    [InlineData("intact: [{ tower: vision, from: all, to: all, replace: mean }]")]
    [InlineData("intact: [{ patch: projector, tokens: image, from: mean }]\n  mean: [{ tower: vision, from: all, to: all, replace: mean }]")]
    public void Parse_FirstConditionThatNeedsMeans_IsRefused(string first)
    {
        var text = Beginning.Replace("intact: []", first, StringComparison.Ordinal);
        var error = Assert.Throws<ExperimentFileException>(() => ExperimentFile.Parse(text, "e.yaml"));
        Assert.Contains("conditions.intact: the first condition is the one that means of keys are taken of; expected it to replace nothing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_FirstConditionThatErases_IsRefused()
    {
        var text = Beginning.Replace("intact: []", "intact: [{ erase: part, at: projector, tokens: image }]", StringComparison.Ordinal);
        var error = Assert.Throws<ExperimentFileException>(() => ExperimentFile.Parse(text, "e.yaml"));
        Assert.Contains("the first condition is the one that erasers are fitted on; expected it to erase nothing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_PatchFromAPatchedCondition_IsRefused()
    {
        var error = Assert.Throws<ExperimentFileException>(() => Parse("  p: [{ patch: projector, tokens: image, from: cut }]\n  q: [{ patch: projector, tokens: image, from: p }]"));
        Assert.Contains("conditions.q: found a patch from \"p\", expected another condition that is not patched itself: intact, cut", error.Message, StringComparison.Ordinal);
    }

    private static ExperimentOptions Parse(string rest) => ExperimentFile.Parse(Beginning + rest, "e.yaml");
}
