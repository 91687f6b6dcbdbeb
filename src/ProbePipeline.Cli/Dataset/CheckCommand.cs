using System.CommandLine;
using ProbePipeline.Cli.Run;

namespace ProbePipeline.Cli.Dataset;

/// <summary><c>probe dataset check</c>: everything that an experiment takes of its dataset, read once.</summary>
internal static class CheckCommand
{
    private const int Problems = 2;

    private const string Description = """
        Reads every picture and every region that an experiment takes of its dataset, and lists what is wrong, each with its place.
        Exit code 2 where anything is.

        Example:
          probe dataset check data/experiments/partscenes.yaml
        """;

    public static Command Create()
    {
        var file = ExperimentArguments.File();
        var set = ExperimentArguments.Set();
        var command = new Command("check", Description) { file, set };
        command.SetAction(parsed => Work.Do(
            cancellation => Show(DatasetCheck.Of(Experiment.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set)).Options, progress: null, cancellation)), "stopped"));
        return command;
    }

    private static int Show(DatasetCheck check)
    {
        Output.Create().Write(new PlanView(new ExperimentPlan(check.Lines)));
        foreach (var problem in check.Problems)
        {
            Console.Error.WriteLine($"problem: {problem}");
        }

        Console.Error.Write(check.ProblemCount > check.Problems.Length ? FormattableString.Invariant($"and {check.ProblemCount - check.Problems.Length} problems more\n") : "");
        return check.ProblemCount == 0 ? 0 : Problems;
    }
}
