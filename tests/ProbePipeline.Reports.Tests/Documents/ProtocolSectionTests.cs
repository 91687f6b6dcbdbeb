using System.Text;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Html;
using ProbePipeline.Reports.Markdown;
using ProbePipeline.Reports.Tables;
using SkiaSharp;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class ProtocolSectionTests
{
    private static readonly string Markdown = Encoding.UTF8.GetString(MarkdownPage.Write(ReportDocument.Of(ProtocolStudy.Results)));

    [Fact]
    public void Of_FoldsAndRepeats_SaysHowTheyAreReadAndHoldsTheirFigures()
    {
        Assert.Contains("were used in 3 folds, of the first: 2160 rows of 360 pictures for training", Markdown, StringComparison.Ordinal);
        Assert.Contains("they take the fits as given", Markdown, StringComparison.Ordinal);
        Assert.Contains("## How much depends on the split", Markdown, StringComparison.Ordinal);
        Assert.Contains("their spread is no standard error", Markdown, StringComparison.Ordinal);
        var best = ProtocolStudy.Results.Conditions["intact"].BestProbe!;
        Assert.Contains(
            $"| intact | {MarkdownText.Escape(best.Site)} | {Shown.Share(best.TestAccuracy - 0.03125)} | {Shown.Share(best.TestAccuracy)} | 0.01, 0.001, 0.01 |", Markdown, StringComparison.Ordinal);
        Assert.Contains(
            $"| intact | {MarkdownText.Escape(best.Site)} | {Shown.Share(best.ValidationAccuracy)} | 0.016 | {Shown.Share(best.TestAccuracy - 0.0078125)} | 0.023 | {Shown.Share(best.TestAccuracy)} |", Markdown, StringComparison.Ordinal);
        Assert.Contains($"| {Shown.Share(best.ControlAccuracy)} ± 0.013 |", Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LearningCurve_HoldsEverySize()
    {
        Assert.Contains("## Accuracy by training size", Markdown, StringComparison.Ordinal);
        Assert.Contains("![Line chart of test accuracy by number of training pictures", Markdown, StringComparison.Ordinal);
        Assert.Contains("| intact | projector | 0.500 | 180 | 0.01 |", Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Information_HoldsBitsAndCodes()
    {
        var probe = ProtocolStudy.Results.Conditions["vision-cut"].Probes.Single(probe => probe.Site == "projector");

        Assert.Contains("## Information in bits", Markdown, StringComparison.Ordinal);
        Assert.Contains(
            $"| vision-cut | projector | 3.906 | {Shown.Share(probe.Information!.ConditionalEntropy)} | {Shown.Difference(probe.Information.Bits)} |", Markdown, StringComparison.Ordinal);
        Assert.Contains($"| {Shown.Bits(probe.CodeLength!.Bits)} | 8437.5 | {Shown.Share(probe.CodeLength.Compression)} | 9000.0 | 0.938 |", Markdown, StringComparison.Ordinal);
        Assert.Contains("It is of the first fold's training rows.", Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Remarks_StandBeforeTheFiguresTheyAreAbout()
    {
        var place = Markdown.IndexOf("## Before you rely on these figures", StringComparison.Ordinal);

        Assert.InRange(place, 1, Markdown.IndexOf("## Baselines", StringComparison.Ordinal));
        Assert.Contains("Class 'gate' has no validation rows in fold 2", Markdown, StringComparison.Ordinal);
        Assert.Contains("| both-cut | projector | All training rows have the same vector", Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneSplitWithoutExtras_HasNoSuchSections()
    {
        var plain = Encoding.UTF8.GetString(MarkdownPage.Write(ReportDocument.Of(ReferenceStudy.Results)));

        Assert.All(
            ["Before you rely", "How much depends", "Accuracy by training size", "Information in bits", "folds", "±"], text => Assert.DoesNotContain(text, plain, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_Html_HasTheSameSectionsAndBothCharts()
    {
        var page = Encoding.UTF8.GetString(HtmlPage.Write(ReportDocument.Of(ProtocolStudy.Results), new RenderedCharts(ProtocolStudy.Results)));

        Assert.All(
            ["Before you rely on these figures", "How much depends on the split", "Accuracy by training size", "Information in bits"], title => Assert.Contains($"<h2>{title}</h2>", page, StringComparison.Ordinal));
        Assert.Equal(10, page.Split("<source media=\"(prefers-color-scheme: dark)\" srcset=\"data:image/svg").Length - 1);
    }

    [Theory]
    [InlineData("learning-curve", "training pictures")]
    [InlineData("information", "all there is 3.91", "uniform code 1", "control task (dots)")]
    public void Draw_Chart_NamesConditionsAndReferences(string name, params string[] texts)
    {
        using var figure = ReportChart.All.Single(chart => chart.Name == name).Draw(ProtocolStudy.Results, ChartTheme.Light);
        using var bitmap = SKBitmap.Decode(figure.ToPng());
        var svg = Encoding.UTF8.GetString(figure.ToSvg());

        Assert.All(["intact", "vision-cut", "region-only", .. texts], text => Assert.Contains($">{text}</text>", svg, StringComparison.Ordinal));
        Assert.True(Ink.Count(bitmap, new SKRectI(0, 0, bitmap.Width, bitmap.Height)) > 2000);
    }

    [Fact]
    public void Draw_InformationOfOneSiteWithoutCode_IsOnePanel()
    {
        var condition = ProtocolStudy.Results.Conditions["intact"];
        var results = ReferenceStudy.With(("intact", condition with { Probes = [condition.Probes[3] with { CodeLength = null }] }));

        using var one = InformationChart.Draw(results, ChartTheme.Light);
        using var two = InformationChart.Draw(ProtocolStudy.Results, ChartTheme.Light);

        Assert.Equal(two.Width, 2 * one.Width);
        Assert.DoesNotContain("uniform code", Encoding.UTF8.GetString(one.ToSvg()), StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_OfProtocols_HaveEveryNumber()
    {
        var tables = ResultTables.Of(ProtocolStudy.Results).ToDictionary(table => table.Name);

        Assert.Equal(
            [65 * 3, 65, 65 * 3, 65, 65 * 2, 1 + 5], new[] { "folds", "repeats", "learning-curve", "information", "code-length", "remarks" }.Select(name => tables[name].Rows));
        Assert.StartsWith("condition,site,fold,l2,validationAccuracy,testAccuracy\nintact,vision.resid_post.0,0,0.01,", Csv("folds"), StringComparison.Ordinal);
        Assert.Contains("\nintact,vision.resid_post.0,3.90625,Infinity,-Infinity,,\n", Csv("information"), StringComparison.Ordinal);
        Assert.StartsWith("condition,site,remark\n,,Class 'gate' has no validation rows", Csv("remarks"), StringComparison.Ordinal);

        string Csv(string name) => Encoding.UTF8.GetString(CsvTable.Write(tables[name]));
    }

    [Fact]
    public void Write_ResultsFile_ReadsBackUnchanged()
    {
        using var folder = new TemporaryFolder();
        ResultsFile.Write(folder.File("results.json"), ProtocolStudy.Results);
        var read = ResultsFile.Read(folder.File("results.json"));
        var (before, after) = (ProtocolStudy.Results.Conditions["intact"].Probes[0], read.Conditions["intact"].Probes[0]);

        Assert.Equal(before.Folds, after.Folds);
        Assert.Equal(before.LearningCurve, after.LearningCurve);
        Assert.Equal(before.Information, after.Information);
        Assert.Equal(before.Repeats!.TestAccuracies, after.Repeats!.TestAccuracies);
        Assert.Equal((before.CodeLength!.Bits, before.CodeLength.ControlBits), (after.CodeLength!.Bits, after.CodeLength.ControlBits));
        Assert.Equal((3, 2), (read.Split.Folds, read.Split.Repeats));
        Assert.Equal(ProtocolStudy.Results.Remarks, read.Remarks);
    }
}
