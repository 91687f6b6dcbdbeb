using System.Text;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;
using ScottPlot;

namespace ProbePipeline.Reports.Tests.Charts;

public sealed class UntrainedLineTests
{
    [Fact]
    public void Draw_AnUntrainedNetwork_IsOneLineOverAllSitesAtItsAccuracy()
    {
        var line = Assert.IsType<DashedLine>(Assert.Single(Drawn(BaselineStudy.Results)));

        var limits = line.GetAxisLimits();
        Assert.Equal((0, new SiteAxis(BaselineStudy.Results).End, 0.125, 0.125), (limits.Left, limits.Right, limits.Bottom, limits.Top));
        Assert.Empty(Drawn(ReferenceStudy.Results));
    }

    [Fact]
    public void Draw_OneSite_IsAShortLineThatCanBeSeen()
    {
        var model = BaselineStudy.Results.Baselines.RandomModel!;

        var limits = Assert.Single(Drawn(With(model with { Probes = [model.Probes[0]] }))).GetAxisLimits();

        Assert.Equal((-0.3, 0.3), (limits.Left, limits.Right));
    }

    [Fact]
    public void Label_SitesOfTheChart_IsTheLastOnesAccuracyAndNoneElsewhere()
    {
        var elsewhere = With(BaselineStudy.Results.Baselines.RandomModel! with { Probes = [BaselineStudy.Results.Baselines.Pixels!] });

        Assert.Equal("untrained 0.13", Assert.Single(UntrainedLine.Label(BaselineStudy.Results, new SiteAxis(BaselineStudy.Results))).Text);
        Assert.Empty(UntrainedLine.Label(elsewhere, new SiteAxis(elsewhere)));
    }

    [Fact]
    public void Draw_TheFirstChart_NamesTheLine()
    {
        Assert.Contains(">untrained 0.13</text>", Svg(BaselineStudy.Results), StringComparison.Ordinal);
        Assert.DoesNotContain("untrained", Svg(ReferenceStudy.Results), StringComparison.Ordinal);
    }

    private static ExperimentResults With(RandomModelResult model) => BaselineStudy.Results with { Baselines = BaselineStudy.Results.Baselines with { RandomModel = model } };

    private static IPlottable[] Drawn(ExperimentResults results)
    {
        using var plot = new Plot();
        UntrainedLine.Draw(plot, results, new SiteAxis(results), ChartTheme.Light);
        return [.. plot.GetPlottables()];
    }

    private static string Svg(ExperimentResults results)
    {
        using var figure = DecodabilityChart.Draw(results, ChartTheme.Light);
        return Encoding.UTF8.GetString(figure.ToSvg());
    }
}
