using System.CommandLine;
using Spectre.Console;

namespace ProbePipeline.Cli.Report;

/// <summary><c>probe report</c>: the report again, from stored results.</summary>
internal static class ReportCommand
{
    private const string Description = """
        Writes the report again from the results.json of a finished run: no model, no features and no probes are needed.

        Example:
          probe report reports/partscenes
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The folder that holds results.json." };
        var output = new Option<string?>("--output") { Description = "Where to write; by default the same folder.", HelpName = "FOLDER" };
        var command = new Command("report", Description) { folder, output };
        command.SetAction(parsed =>
        {
            var written = StoredResults.WriteReport(parsed.GetRequiredValue(folder), parsed.GetValue(output) ?? parsed.GetRequiredValue(folder));
            Output.Create().MarkupLineInterpolated($"report: [bold]{written}[/]");
            return 0;
        });
        return command;
    }
}
