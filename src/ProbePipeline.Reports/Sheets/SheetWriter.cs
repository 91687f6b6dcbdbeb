using ProbePipeline.Features;
using ProbePipeline.Reports.Charts;
using ProbePipeline.Reports.Documents;
using ProbePipeline.Reports.Html;
using ProbePipeline.Reports.Maps;

namespace ProbePipeline.Reports.Sheets;

/// <summary>Writes sheets of pictures. The same sheet gives the same bytes.</summary>
public static class SheetWriter
{
    /// <summary>The sheet as one HTML file that needs nothing else; it is there wholly or not at all, its folder is made where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sheet">What is on it.</param>
    /// <exception cref="FeatureStoreException">The file cannot be written.</exception>
    public static void Write(string path, PictureSheet sheet) => WholeFile.Write(path, Html(sheet));

    /// <summary>The page of <see cref="Write"/>.</summary>
    internal static byte[] Html(PictureSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return HtmlPage.Write(
            new ReportDocument(
                sheet.Title,
                [
                    new Heading(1, sheet.Title),
                    .. sheet.Introduction.Select(text => new Paragraph(text)),
                    .. sheet.Sections.SelectMany(Blocks),
                ]),
            RenderedCharts.None);
    }

    private static IEnumerable<Block> Blocks(SheetSection section) =>
    [
        .. section.Title is { } title ? [new Heading(2, title)] : Array.Empty<Block>(),
        .. section.Text.Select(text => new Paragraph(text)),
        .. section.Pictures.IsEmpty ? Array.Empty<Block>() : [new Gallery([.. section.Pictures.Select(Sample)]) { IsWide = true }],
    ];

    private static SamplePicture Sample(SheetPicture picture)
    {
        using var figure = TokenMapChart.Draw(picture.Map);
        return new SamplePicture("", [.. figure.ToPng()], picture.Alternative, picture.Title, picture.Lines);
    }
}
