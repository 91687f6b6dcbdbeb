using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Charts;

/// <summary>The charts that there is something to draw for, each drawn once.</summary>
internal sealed class RenderedCharts
{
    private readonly OrderedDictionary<string, RenderedChart> _charts = [];

    public RenderedCharts(ExperimentResults results)
    {
        foreach (var chart in ReportChart.All.Where(chart => chart.HasData(results)))
        {
            using var light = chart.Draw(results, ChartTheme.Light);
            using var dark = chart.Draw(results, ChartTheme.Dark);
            _charts.Add(chart.Name, new RenderedChart(light.Width, light.Height, light.ToPng(), light.ToSvg(), dark.ToSvg()));
        }
    }

    private RenderedCharts()
    {
    }

    /// <summary>For a page without charts.</summary>
    public static RenderedCharts None { get; } = new();

    public IEnumerable<KeyValuePair<string, RenderedChart>> All => _charts;

    public RenderedChart this[ReportChart chart] => _charts[chart.Name];
}
