using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class ReadableVersusUsedSectionTests
{
    private static readonly ReadableVersusUsed Table = new()
    {
        Site = "projector",
        BothRight = 5,
        OnlyProbeRight = 3,
        OnlyAnswerRight = 2,
        NeitherRight = 1,
        Kappa = 0.25,
        Low = -0.1,
        High = 0.6,
    };

    [Fact]
    public void Of_TwoConditions_ShowsCountsAndChanges()
    {
        var change = new MeasuredChange(-0.5, -0.75, -0.25);
        var none = new MeasuredChange(0, 0, 0);
        var tables = ReadableVersusUsedSection.Of(ReferenceStudy.With(
            ("intact", new ConditionResults { ReadableVersusUsed = Table }),
            ("cut", new ConditionResults { ReadableVersusUsed = Table with { BothRight = 4, Change = new ReadableVersusUsedChange("intact", change, none, none, none, none) } })))
            .OfType<TableBlock>().ToArray();

        Assert.Equal(["intact", "projector", "5", "3", "2", "1", "+0.250", "−0.100 to +0.600"], tables[0].Rows[0]);
        Assert.Equal("4", tables[0].Rows[1][2]);
        Assert.Equal(["cut", "−0.500 (−0.750 to −0.250)", "0.000 (0.000 to 0.000)"], tables[1].Rows.Single()[..3]);
    }

    [Fact]
    public void Of_NoAnswers_IsLeftOut() => Assert.Empty(ReadableVersusUsedSection.Of(ReferenceStudy.Results));
}
