using ProbePipeline.Applying;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Apply;

/// <summary>The likeliest classes of every picture.</summary>
internal sealed class ReadingView(ApplyOutcome outcome) : JustInTimeRenderable
{
    protected override IRenderable Build()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("picture", "region", "class").AddColumn(new TableColumn("probability").RightAligned());
        foreach (var (picture, region, likeliest) in outcome.Lines)
        {
            foreach (var (index, (name, probability)) in likeliest.Index())
            {
                table.AddRow(new Text(index == 0 ? picture : ""), new Text(index == 0 ? region : ""), new Text(name), new Text(probability));
            }
        }

        return new Spectre.Console.Rows([new Text(outcome.Probe), table, .. outcome.Files.Select(file => new Text($"written: {file}"))]);
    }
}
