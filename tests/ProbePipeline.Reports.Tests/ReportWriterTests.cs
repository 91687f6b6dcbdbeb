using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tests;

public sealed class ReportWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_WholeStudy_WritesEveryFileAndNothingElse()
    {
        ReportWriter.Write(ReferenceStudy.Results, _folder.Path);

        Assert.Equal(
            [
                "SHA256SUMS", "chart.png", "chart.svg", "confusion.png", "confusion.svg", "differences.png", "differences.svg", "heatmap.png", "heatmap.svg", "lens.png", "lens.svg",
                "report.html", "report.md", "results.json", "samples/1.png", "samples/2.png", "samples/3.png", "samples/4.png",
                .. new[]
                {
                    "additions", "answer-questions", "answer-scores", "answers", "baselines", "code-length", "comparisons", "confusions", "dropped", "erasures", "folds", "information", "label-sets", "labels", "learning-curve", "lens", "nullspace", "numeric-targets", "paths", "probes",
                    "readable-versus-used-changes", "readable-versus-used", "remarks", "repeats", "sample-maps", "samples", "similarities", "steps", "sweep", "taken", "transfers", "windows", "zero-shot",
                }.SelectMany(name => new[] { $"tables/{name}.csv", $"tables/{name}.parquet" }),
                "transfer-matrix.png", "transfer-matrix.svg", "transfer.png", "transfer.svg", "windows.png", "windows.svg",
            ],
            Files());
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        ReportWriter.Write(ReferenceStudy.Results, _folder.Path);
        var first = Files().ToDictionary(file => file, file => File.ReadAllBytes(_folder.File(file)));
        ReportWriter.Write(ReferenceStudy.Results, _folder.Path);

        Assert.All(Files(), file => Assert.True(first[file].AsSpan().SequenceEqual(File.ReadAllBytes(_folder.File(file))), file));
    }

    [Fact]
    public void Write_FromStoredResults_GivesTheSameReport()
    {
        ReportWriter.Write(ReferenceStudy.Results, _folder.Path);
        ReportWriter.Write(ResultsFile.Read(_folder.File(ResultsFile.Name)), _folder.File("again"));

        Assert.Equal(File.ReadAllBytes(_folder.File("report.html")), File.ReadAllBytes(_folder.File("again/report.html")));
        Assert.Equal(File.ReadAllBytes(_folder.File("tables/probes.parquet")), File.ReadAllBytes(_folder.File("again/tables/probes.parquet")));
    }

    [Fact]
    public void Write_OverAReportWithMore_RemovesItsChartsAndPicturesAndNothingElse()
    {
        ReportWriter.Write(ReferenceStudy.Results, _folder.Path);
        File.WriteAllText(_folder.File("notes.txt"), "mine");
        File.WriteAllText(_folder.File("samples/mine.png"), "mine");
        ReportWriter.Write(ReferenceStudy.With(("intact", ReferenceStudy.Deep(3, 2, 0.9))), _folder.Path);

        Assert.Equal(
            ["SHA256SUMS", "chart.png", "chart.svg", "heatmap.png", "heatmap.svg", "notes.txt", "report.html", "report.md", "results.json", "samples/mine.png"],
            Files().Where(file => !file.StartsWith("tables/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Write_OneConditionWithoutAnswersAndLens_SaysWhatWasNotAskedFor()
    {
        var html = Html(ReferenceStudy.With(("intact", ReferenceStudy.Deep(3, 2, 0.9))));

        Assert.Contains("The model&#39;s own answers were not asked for.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Logit lens", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Differences", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Sample rows", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AnswersAlone_SaysThatNoProbeWasTrained()
    {
        var html = Html(ReferenceStudy.With(("intact", ReferenceStudy.Results.Conditions["intact"] with { Probes = [], Lens = [] })));

        Assert.Contains("No probe was trained. Asked about the same rows, the model itself is right for this share: 0.982 under intact.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NothingMeasured_StillGivesAPage()
    {
        var html = Html(ReferenceStudy.With(("intact", new ConditionResults())));

        Assert.Contains("No probe was trained. The model&#39;s own answers were not asked for.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("Provenance", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OneSite_DrawsIt()
    {
        var intact = ReferenceStudy.Results.Conditions["intact"];

        Assert.Contains("0.963", Html(ReferenceStudy.With(("intact", intact with { Probes = [intact.Probes[4]], Lens = [intact.Lens[0]] }))), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SixtyFiveSites_HoldsEveryOne()
    {
        var html = Html(ReferenceStudy.With(("intact", ReferenceStudy.Deep(24, 40, 0.9)), ("cut", ReferenceStudy.Deep(24, 40, 0.5))));

        Assert.Contains("vision.resid_post.0<", html, StringComparison.Ordinal);
        Assert.Contains("language.resid_post.39<", html, StringComparison.Ordinal);
        Assert.Contains("vision.resid_post.23 (off path)", html, StringComparison.Ordinal);
    }

    private string Html(ExperimentResults results)
    {
        ReportWriter.Write(results, _folder.Path);
        return File.ReadAllText(_folder.File("report.html"));
    }

    private string[] Files() =>
    [
        .. Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];
}
