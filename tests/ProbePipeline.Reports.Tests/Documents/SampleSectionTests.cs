using System.Text;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Markdown;
using SkiaSharp;

namespace ProbePipeline.Reports.Tests.Documents;

public sealed class SampleSectionTests
{
    /// <summary>Every sample picture in two halves: the left of class 2, the right, less surely, of class 0.</summary>
    private static ExperimentResults WithMaps { get; } = ReferenceStudy.Results with
    {
        SampleMaps = new("intact", "vision.resid_post.4", [.. ReferenceStudy.Results.Samples.Select(_ => (System.Collections.Immutable.ImmutableArray<PatchDecision>)
            [new(new PatchPlace(0, 0, 0, 0, 0, 112, 56), 2, 0.9), new(new PatchPlace(0, 0, 1, 0, 56, 112, 112), 0, 0.3), new(new PatchPlace(0, 0, 2, 0, 112, 112, 112), 2, 0.2)])]),
    };

    [Fact]
    public void Of_Maps_StandBehindTheSamplesWithTheirClassesInWords()
    {
        var galleries = SampleSection.Of(WithMaps).OfType<Gallery>().ToArray();
        var count = ReferenceStudy.Results.Samples.Length;

        Assert.Equal([count, count], galleries.Select(gallery => gallery.Pictures.Length));
        var classes = ReferenceStudy.Results.Classes;
        Assert.Equal([$"1 {classes[2]} (2 patches)", $"2 {classes[0]} (1 patch)"], galleries[1].Pictures[0].Lines);
        using var map = SKBitmap.Decode(galleries[1].Pictures[0].Png.AsSpan());
        Assert.Equal((336, 336), (map.Width, map.Height));
        Assert.Contains("the probe at vision.resid_post.4 reads there under intact", Assert.Single(SampleSection.Of(WithMaps).OfType<Paragraph>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Maps_AreInBothPagesAndGoWithALaterReportThatLacksThem()
    {
        using var folder = new TemporaryFolder();
        ReportWriter.Write(WithMaps, folder.Path);
        Assert.Contains("(samples/map-1.png)", Encoding.UTF8.GetString(MarkdownPage.Write(ReportDocument.Of(WithMaps))), StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder.Path, "samples", "map-1.png"))), File.ReadAllText(Path.Combine(folder.Path, "report.html")), StringComparison.Ordinal);
        Assert.Equal(WithMaps.SampleMaps!.Rows[1], ResultsFile.Read(Path.Combine(folder.Path, ResultsFile.Name)).SampleMaps!.Rows[1]);
        var first = File.ReadAllLines(Path.Combine(folder.Path, "tables", "sample-maps.csv"))[1];
        Assert.Equal($"{WithMaps.Samples[0].Id},intact,vision.resid_post.4,0,0,0,{WithMaps.Classes[2]},0.9", first);

        ReportWriter.Write(ReferenceStudy.Results, folder.Path);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "samples"), "map-*"));
    }
}
