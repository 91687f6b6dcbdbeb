using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class MethodTests
{
    [Fact]
    public void Sentences_TheStudy_NameSplitObjectiveSeedsAndVersions()
    {
        var text = string.Join(' ', new Method(ReferenceStudy.Results with { Trainer = "a trainer" }).Sentences());

        Assert.Contains("3600 rows about 600 pictures (PartScenes, seed 11, 600 pictures) went through the model under 5 attention conditions (computed in cpu, float32).", text, StringComparison.Ordinal);
        Assert.Contains("360 for training, 120 for choosing, 120 for testing", text, StringComparison.Ordinal);
        Assert.Contains("biases free (trainer: a trainer); of the L2 weights 0.0001, 0.001, 0.01, 0.1 the one", text, StringComparison.Ordinal);
        Assert.Contains("Seeds: dataset 11, bootstrap 1. Software: ProbePipeline 0.1.0, TorchSharp 0.107.0, Microsoft.ML 5.0.1.", text, StringComparison.Ordinal);
        Assert.Contains("The model's answer is the choice with the highest log-likelihood after the prompt, summed over its tokens.", text, StringComparison.Ordinal);
        Assert.Contains("erased from the states by LEACE, fitted on training rows", text, StringComparison.Ordinal);
        Assert.Contains("Probes of one condition were also tested on the states of others, without training; states of the same test rows", text, StringComparison.Ordinal);
        foreach (var absent in (string[])["Holm", "fitted again", "Usable information", "Online code", "random splits", "kappa"])
        {
            Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("per-token", "the choice with the highest log-likelihood a token after the prompt")]
    [InlineData("calibrated", "the choice whose log-likelihood after the prompt the picture raises most above what it is without the picture")]
    [InlineData("generated-contained", "the choice that its own greedily written text names first")]
    public void Sentences_OtherScore_SayWhatCountsAsTheAnswer(string score, string said)
    {
        var intact = ReferenceStudy.Results.Conditions["intact"];
        var results = ReferenceStudy.With(("intact", intact with { Answer = intact.Answer! with { Scores = [new ScoredAnswers(score, 0.5, 0.4, 0.6), new ScoredAnswers("sum", 0.5, 0.4, 0.6)] } }));

        Assert.Contains($"The model's answer is {said}.", string.Join(' ', new Method(results).Sentences()), StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_RefitRepeatsAndCode_SayWhatWasTested()
    {
        var study = ReferenceStudy.Results;
        var intact = study.Conditions["intact"];
        var probe = intact.Probes[0] with { CodeLength = new CodeLength { Bits = 10, UniformBits = 20, Compression = 2, Cuts = [4, 8, 16] } };
        var results = ReferenceStudy.With(("intact", intact with { Probes = [probe] })) with { Refit = true, Split = study.Split with { Repeats = 3 } };

        var text = string.Join(' ', new Method(results).Sentences());

        Assert.Contains("The chosen probe was fitted again on training and validation rows together, standardised on both, and that one was tested.", text, StringComparison.Ordinal);
        Assert.Contains("The whole was repeated on 3 random splits", text, StringComparison.Ordinal);
        Assert.Contains("told in 3 blocks: the first by the uniform code", text, StringComparison.Ordinal);
        Assert.Contains("Wilson's intervals, which take rows as independent", text, StringComparison.Ordinal);
    }

    [Fact]
    public void References_OfARun_AreOfWhatItDid()
    {
        var whole = ReferenceStudy.Results;
        var tested = whole with { Comparisons = [whole.Comparisons[0] with { Tests = new PairedTests(0.01, 0.02, 0.05) }] };
        var answersAlone = ReferenceStudy.With(("intact", new ConditionResults { Answer = whole.Conditions["intact"].Answer }));

        Assert.Equal(
            [
                "the design", "attention knockout", "linear probes", "control task, selectivity", "concept erasure", "nullspace projection", "linear CKA", "logit lens", "cluster bootstrap",
                "Wilson's interval",
            ],
            Of(whole));
        Assert.Contains("sign flips by cluster", Of(tested));
        Assert.Contains("smallest detectable difference", Of(tested));
        Assert.Contains("activation patching", Of(ReferenceStudy.With(("patched", new ConditionResults { Changes = ["projector, tokens region: the states of intact"] }))));
        Assert.Contains("concept erasure", Of(ReferenceStudy.With(("erased", new ConditionResults { Changes = ["projector, tokens region: part is erased by LEACE"] }))));
        Assert.Equal(["the design", "cluster bootstrap", "Wilson's interval"], Of(answersAlone));
        Assert.Empty(MethodSection.Of(ReferenceStudy.With(("intact", new ConditionResults()))));

        static string[] Of(ExperimentResults results) => [.. new Method(results).References().Select(reference => reference.For)];
    }
}
