using System.CommandLine;
using ProbePipeline.Cli.Run;
using Spectre.Console;

namespace ProbePipeline.Cli.Dataset;

/// <summary><c>probe dataset look</c>: an experiment's rows as a page of pictures.</summary>
internal static class LookCommand
{
    private const string Description = """
        Shows rows of an experiment on one HTML page: the picture with its region and the tokens that stand for it, the question and the right answer.
        The rows are evenly spread over all that the experiment takes; what is left out is listed with its reason. No forward is run.

        Example:
          probe dataset look data/experiments/partscenes.yaml --rows 24 --to look.html
        """;

    public static Command Create()
    {
        var file = ExperimentArguments.File();
        var set = ExperimentArguments.Set();
        var rows = new Option<int>("--rows") { Description = "How many rows.", DefaultValueFactory = _ => 24 };
        var to = new Option<string>("--to") { Description = "The page to write.", HelpName = "FILE", DefaultValueFactory = _ => "look.html" };
        rows.RequireFromOne("a number");
        var command = new Command("look", Description) { file, set, rows, to };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(to);
            Experiment.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set)).WriteDatasetSheet(path, parsed.GetValue(rows));
            Output.Create().MarkupLineInterpolated($"[bold]{path}[/]");
            return 0;
        });
        return command;
    }
}
