using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class ReadingTests
{
    [Fact]
    public void Of_TheStudy_SaysWhatWasMeasuredAndWhereAWayRemains() => Assert.Equal(
        "A linear probe, at the site on the way to the answer that validation rows choose, finds the right one of 15 classes for this share of the test rows: 0.968 under intact, "
        + "0.801 under vision-cut, 0.965 under decoder-cut, 0.415 under both-cut and 0.415 under region-only; chance gives 0.067, the region's pixels alone 0.207. "
        + "Asked about the same rows, the model itself is right for this share: 0.982 under intact, 0.844 under vision-cut, 0.974 under decoder-cut "
        + "(the interval of the difference from intact includes 0), 0.615 under both-cut and 0.165 under region-only; "
        + "but vision-cut, decoder-cut and both-cut leave a way open from outside the region to it or to the answer (see Conditions).",
        Reading.Of(ReferenceStudy.Results));

    [Fact]
    public void Of_NothingCut_WarnsOfNothing() =>
        Assert.DoesNotContain("a way open", Reading.Of(ReferenceStudy.With(("intact", ReferenceStudy.Results.Conditions["intact"]))), StringComparison.Ordinal);

    [Theory]
    [InlineData("intact", false)]
    [InlineData("vision-cut", true)]
    [InlineData("both-cut", true)]
    [InlineData("region-only", false)]
    public void IsCutWithAWayLeft_Condition_IsTrueWhereAnEdgeRemains(string condition, bool expected) =>
        Assert.Equal(expected, Reading.IsCutWithAWayLeft(ReferenceStudy.Results.Conditions[condition]));

    [Fact]
    public void Of_StudyWithANote_ShowsItInThePage()
    {
        var document = ReportDocument.Of(ReferenceStudy.Results with { Note = "Trained to <show> it." });

        Assert.Contains(new Paragraph("Note: Trained to <show> it."), document.Blocks);
    }

    [Fact]
    public void BestProbe_OffThePath_IsNotChosen()
    {
        var probes = ReferenceStudy.Deep(2, 0, 0.8).Probes;
        var condition = new ConditionResults { Probes = [probes[0] with { ValidationAccuracy = 0.2, OnPath = true }, probes[1] with { ValidationAccuracy = 0.9, OnPath = false }] };

        Assert.Equal("vision.resid_post.0", condition.BestProbe!.Site);
    }

    [Fact]
    public void BestProbe_SeveralSites_IsChosenOnValidationAndNotOnTest()
    {
        var probes = ReferenceStudy.Deep(2, 0, 0.8).Probes;
        var condition = new ConditionResults { Probes = [probes[0] with { ValidationAccuracy = 0.9 }, probes[1] with { ValidationAccuracy = 0.1, TestAccuracy = 1 }] };

        Assert.Equal("vision.resid_post.0", condition.BestProbe!.Site);
    }

    [Fact]
    public void Of_ManyConditions_NamesSixAndCountsTheRest() => Assert.Contains(
        "0.500 under c5 and 2 more conditions",
        Reading.Of(ReferenceStudy.With([.. Enumerable.Range(0, 8).Select(index => ($"c{index}", ReferenceStudy.Deep(1, 0, 0.5)))])),
        StringComparison.Ordinal);
}
