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
        Assert.DoesNotContain("Holm", text, StringComparison.Ordinal);
    }

    [Fact]
    public void References_OfARun_AreOfWhatItDid()
    {
        var whole = ReferenceStudy.Results;
        var tested = whole with { Comparisons = [whole.Comparisons[0] with { Tests = new PairedTests(0.01, 0.02, 0.05) }] };
        var answersAlone = ReferenceStudy.With(("intact", new ConditionResults { Answer = whole.Conditions["intact"].Answer }));

        Assert.Equal(["the design", "attention knockout", "linear probes", "control task, selectivity", "logit lens", "cluster bootstrap"], Of(whole));
        Assert.Contains("sign flips by cluster", Of(tested));
        Assert.Equal(["the design", "cluster bootstrap"], Of(answersAlone));
        Assert.Empty(MethodSection.Of(ReferenceStudy.With(("intact", new ConditionResults()))));

        static string[] Of(ExperimentResults results) => [.. new Method(results).References().Select(reference => reference.For)];
    }
}
