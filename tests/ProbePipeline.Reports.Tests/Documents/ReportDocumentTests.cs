using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class ReportDocumentTests
{
    /// <summary>The two studies have something for every chart between them.</summary>
    private static readonly ExperimentResults[] Studies = [ReferenceStudy.Results, ProtocolStudy.Results];

    [Fact]
    public void Of_EveryChartThatIsDrawn_ShowsItOnce() => Assert.All(Studies, results => Assert.Equal(
        ReportChart.All.Where(chart => chart.HasData(results)).Select(chart => chart.Name).Order(StringComparer.Ordinal),
        ReportDocument.Of(results).Blocks.OfType<ChartBlock>().Select(block => block.Chart.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void Of_TheStudies_DrawEveryChart() => Assert.Empty(ReportChart.All.Where(chart => !Studies.Any(chart.HasData)).Select(chart => chart.Name));
}
