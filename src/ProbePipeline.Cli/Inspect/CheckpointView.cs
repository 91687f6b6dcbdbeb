using ProbePipeline.Inspection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Inspect;

/// <summary>A checkpoint in two tables: what it is, and its sites.</summary>
internal sealed class CheckpointView(CheckpointSummary checkpoint) : JustInTimeRenderable
{
    protected override IRenderable Build()
    {
        var facts = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (name, value) in checkpoint.Facts)
        {
            facts.AddRow(new Text(name, new Style(name == "note" ? Color.Yellow : null, decoration: Decoration.Bold)), new Text(value));
        }

        var sites = new Table().Border(TableBorder.Simple).AddColumns("site", "shape before pooling");
        foreach (var (site, shape) in checkpoint.Sites)
        {
            sites.AddRow(new Text(site), new Text(shape));
        }

        return new Spectre.Console.Rows(facts, sites);
    }
}
