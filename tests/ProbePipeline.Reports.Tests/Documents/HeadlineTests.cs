using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class HeadlineTests
{
    [Fact]
    public void Of_TheStudy_SaysWhatChangesWithIntervals()
    {
        var sentences = Headline.Of(ReferenceStudy.Results).ToArray();

        Assert.Equal(3, sentences.Length);
        Assert.StartsWith(
            "vision-cut lowers the accuracy of the model's answers from 0.982 to 0.844 (difference −0.138, 95 % interval −0.156 to −0.119); it lowers what a probe reads at ",
            sentences[0],
            StringComparison.Ordinal);
        // The decoder's cut changes nothing that is clear of 0: nothing is said about it.
        Assert.DoesNotContain(sentences, sentence => sentence.StartsWith("decoder-cut", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-0.2, 0.01)]
    [InlineData(0, 0.2)]
    [InlineData(-0.2, 0)]
    public void Of_IntervalsWithZero_IsSilent(double low, double high)
    {
        var results = ReferenceStudy.Results;

        Assert.Empty(Headline.Of(results with { Comparisons = [.. results.Comparisons.Select(comparison => comparison with { Low = low, High = high })] }));
    }

    [Fact]
    public void Of_AdditionalCut_SaysWhatItDoesBeyondTheOther()
    {
        var results = ReferenceStudy.Results with { Comparisons = [], Additions = [new Comparison("both-cut", "vision-cut", null, -0.229, -0.26, -0.2)] };

        Assert.Equal(
            ["both-cut lowers the answers' accuracy from the 0.844 under vision-cut, which cuts less (difference −0.229, 95 % interval −0.260 to −0.200)."], Headline.Of(results));
    }

    [Fact]
    public void Of_Rise_IsCalledOne()
    {
        var results = ReferenceStudy.Results with { Comparisons = [new Comparison("vision-cut", "intact", null, 0.1, 0.05, 0.15)] };

        Assert.StartsWith("vision-cut raises", Assert.Single(Headline.Of(results)), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoProbes_SpeaksOfAnswersAlone()
    {
        var results = ReferenceStudy.Results;
        var conditions = new OrderedDictionary<string, ConditionResults>(results.Conditions.Select(condition => KeyValuePair.Create(condition.Key, condition.Value with { Probes = [] })));
        var sentence = Headline.Of(results with { Conditions = conditions, Comparisons = [new Comparison("vision-cut", "intact", null, -0.138, -0.156, -0.119)], Additions = [] });

        Assert.Equal(
            ["vision-cut lowers the accuracy of the model's answers from 0.982 to 0.844 (difference −0.138, 95 % interval −0.156 to −0.119)."], sentence);
    }
}
