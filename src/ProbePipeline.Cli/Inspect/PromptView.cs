using System.Globalization;
using ProbePipeline.Inspection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Inspect;

/// <summary>The tokens of a prompt and its picture, a line a run.</summary>
internal sealed class PromptView(PromptInspection prompt) : JustInTimeRenderable
{
    /// <summary>Rows of tiles and their ends alternate: past this many runs only the first and last are shown.</summary>
    private const int ShownRuns = 24;

    protected override IRenderable Build()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("positions", "tokens", "kind", "content").Title(string.Create(
            CultureInfo.InvariantCulture,
            $"{prompt.TokenIds.Length} tokens, {prompt.ImageTokenCount} of them image tokens from {prompt.TileCount} tile{(prompt.TileCount == 1 ? "" : "s")}"));
        foreach (var (index, span) in prompt.Spans.Index())
        {
            if (prompt.Spans.Length <= ShownRuns || index < ShownRuns / 2 || index >= prompt.Spans.Length - (ShownRuns / 2))
            {
                table.AddRow(Cell($"{span.First} to {span.First + span.Count - 1}"), Cell($"{span.Count}"), Cell(span.Kind), Cell(span.Content));
            }
            else if (index == ShownRuns / 2)
            {
                table.AddRow(Cell("..."), Cell(""), Cell(""), Cell($"{prompt.Spans.Length - ShownRuns} runs more"));
            }
        }

        return table;
    }

    private static Text Cell(string text) => new(text);
}
