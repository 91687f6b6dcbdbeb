using System.CommandLine;
using System.Globalization;
using ProbePipeline.Verification;
using Spectre.Console;

namespace ProbePipeline.Cli.Verify;

/// <summary><c>probe verify</c>: whether what a run stored is whole.</summary>
internal static class VerifyCommand
{
    private const int Faulty = 2;

    private const string Description = """
        Reads all that a run has stored and holds it against its checksums and against each other: every chunk of features, the rows, what was
        fitted on them, the results, the saved probes, and the files of the report. A line on standard error for every fault; exit code 2 where
        there is any. It changes nothing.

        Example:
          probe verify reports/partscenes
        """;

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The output folder of a run." };
        var command = new Command("verify", Description) { folder };
        command.SetAction(parsed =>
        {
            var output = parsed.GetRequiredValue(folder);
            var count = 0;
            foreach (var fault in RunVerification.Faults(output))
            {
                Console.Error.WriteLine($"fault: {fault}");
                count++;
            }

            Output.Create().WriteLine(count == 0 ? $"{output}: whole" : string.Create(CultureInfo.InvariantCulture, $"{output}: {count} {(count == 1 ? "fault" : "faults")}"));
            return count == 0 ? 0 : Faulty;
        });
        return command;
    }
}
