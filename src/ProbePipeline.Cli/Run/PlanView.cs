using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Run;

/// <summary>What a run would do and cost.</summary>
internal sealed class PlanView(ExperimentPlan plan) : JustInTimeRenderable
{
    protected override IRenderable Build()
    {
        var table = new Table().HideHeaders().NoBorder().AddColumn("").AddColumn("");
        foreach (var (what, value) in plan.Lines)
        {
            table.AddRow(new Markup($"[bold]{Markup.Escape(what)}[/]"), new Text(value));
        }

        return table;
    }
}
