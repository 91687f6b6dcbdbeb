using System.Collections.Immutable;
using ProbePipeline.Reports.Charts;

namespace ProbePipeline.Reports.Documents;

/// <summary>A piece of a report, without any markup: the pages in HTML and Markdown are made from the same pieces.</summary>
internal abstract record Block;

/// <summary>The title of what follows.</summary>
/// <param name="Level">1 for the page, 2 for its sections.</param>
/// <param name="Text">The title.</param>
internal sealed record Heading(int Level, string Text) : Block;

/// <summary>Running text.</summary>
internal sealed record Paragraph(string Text) : Block;

/// <summary>The reading of the first chart.</summary>
internal sealed record Lead(string Text) : Block;

/// <summary>Text that keeps its lines.</summary>
internal sealed record Verbatim(string Text) : Block;

/// <summary>A chart.</summary>
/// <param name="Chart">Which one.</param>
/// <param name="Alternative">What it shows, for who cannot see it.</param>
/// <param name="Caption">How to read it.</param>
internal sealed record ChartBlock(ReportChart Chart, string Alternative, string Caption) : Block;

/// <summary>A column of a table for people.</summary>
internal sealed record TableColumn(string Name, bool IsNumber);

/// <summary>What most readers pass over: folded where a page can fold.</summary>
internal sealed record Folded(string Title, TableBlock Table) : Block;

/// <summary>Sample pictures side by side.</summary>
internal sealed record Gallery(ImmutableArray<SamplePicture> Pictures) : Block
{
    /// <summary>Whether the pictures hold words that have to be read, and so need room.</summary>
    public bool IsWide { get; init; }
}

/// <summary>A picture with what was said about it.</summary>
/// <param name="File">Its file, from the report's folder.</param>
/// <param name="Png">The picture.</param>
/// <param name="Alternative">What it shows.</param>
/// <param name="Title">The row.</param>
/// <param name="Lines">What was asked and answered.</param>
internal sealed record SamplePicture(string File, ImmutableArray<byte> Png, string Alternative, string Title, ImmutableArray<string> Lines);
