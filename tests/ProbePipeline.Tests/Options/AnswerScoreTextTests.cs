using ProbePipeline.Options;

namespace ProbePipeline.Tests.Options;

public sealed class AnswerScoreTextTests
{
    [Fact]
    public void All_EveryWayOfScoring_HasANameOfItsOwn()
    {
        Assert.Equal(Enum.GetValues<AnswerScore>(), AnswerScoreText.All.Select(known => known.Score));
        Assert.Distinct(AnswerScoreText.All.Select(known => known.Text));
        Assert.Equal("generated-contained", AnswerScoreText.Write(AnswerScore.GeneratedContained));
    }
}
