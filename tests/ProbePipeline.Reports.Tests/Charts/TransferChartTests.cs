using System.Text;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Tests.Charts;

public sealed class TransferChartTests
{
    [Fact]
    public void Draw_Transfers_NamesTheOtherConditionsAndBothScales()
    {
        var svg = Svg(ReportChart.Transfer, ReferenceStudy.Results);

        Assert.All(
            ["vision-cut", "decoder-cut", "both-cut", "region-only", "vision tower", "projector", "language decoder", "CKA", "difference of accuracies"],
            text => Assert.Contains($">{text}</text>", svg, StringComparison.Ordinal));
        Assert.DoesNotContain(">intact</text>", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_WithoutSimilarities_IsHalfAsHigh()
    {
        using var both = ReportChart.Transfer.Draw(ReferenceStudy.Results, ChartTheme.Light);
        using var one = ReportChart.Transfer.Draw(WithoutSimilarities, ChartTheme.Light);

        Assert.Equal(both.Height, 2 * one.Height);
        Assert.DoesNotContain(">CKA</text>", Encoding.UTF8.GetString(one.ToSvg()), StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_Matrix_HasANumberForEveryPair()
    {
        var svg = Svg(ReportChart.TransferMatrix, ReferenceStudy.Results);

        Assert.Contains(">vision.resid_post.4</text>", svg, StringComparison.Ordinal);
        Assert.Contains(">language.resid_post.3</text>", svg, StringComparison.Ordinal);
        foreach (var transfer in ReferenceStudy.Results.CrossCondition!.Transfers.Where(transfer => transfer.Site == "vision.resid_post.4"))
        {
            Assert.Contains($">{Shown.Short(transfer.Accuracy)}</text>", svg, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void HasData_OneCondition_IsNot()
    {
        Assert.True(ReportChart.Transfer.HasData(ReferenceStudy.Results));
        Assert.False(ReportChart.Transfer.HasData(ReferenceStudy.Results with { CrossCondition = null }));
        Assert.False(ReportChart.TransferMatrix.HasData(ReferenceStudy.Results with { CrossCondition = null }));
    }

    private static ExperimentResults WithoutSimilarities =>
        ReferenceStudy.Results with { CrossCondition = ReferenceStudy.Results.CrossCondition! with { Similarities = [] } };

    private static string Svg(ReportChart chart, ExperimentResults results)
    {
        using var figure = chart.Draw(results, ChartTheme.Light);
        return Encoding.UTF8.GetString(figure.ToSvg());
    }
}
