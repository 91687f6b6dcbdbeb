using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Run;

/// <summary>What a run found, in a few lines, and where the rest is.</summary>
internal sealed class OutcomeView(ExperimentOutcome outcome) : JustInTimeRenderable
{
    protected override IRenderable Build()
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("condition").AddColumn(new TableColumn("answers").RightAligned())
            .AddColumn(new TableColumn("best probe").RightAligned()).AddColumn("at");
        foreach (var line in outcome.Headlines)
        {
            table.AddRow(new Text(line.Condition), new Text(line.Answers), new Text(line.BestProbe), new Text(line.Site));
        }

        return new Spectre.Console.Rows(
            table,
            new Text($"shares of the same {outcome.TestRows} test rows; chance {outcome.Chance}"),
            new Markup($"report: [bold]{Markup.Escape(outcome.ReportPath)}[/]"));
    }
}
