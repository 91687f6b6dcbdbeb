using System.CommandLine;

namespace ProbePipeline.Cli.Run;

/// <summary><c>probe run</c>: an experiment from its file to its report.</summary>
internal static class RunCommand
{
    private const string Description = """
        Runs an experiment: captures hidden states and answers under every condition, trains the probes, writes the report.
        What is finished is kept: after Ctrl-C, or a crash, the same command goes on.

        Examples:
          probe run data/experiments/partscenes.yaml
          probe run data/experiments/partscenes.yaml --set dataset.images=60 --set output=reports/quick
          probe run data/experiments/partscenes.yaml --set 'probe.l2=[1e-3, 1e-2]' --dry-run
        """;

    public static Command Create()
    {
        var file = ExperimentArguments.File();
        var set = ExperimentArguments.Set();
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would be done and what it costs, and does nothing." };
        var command = new Command("run", Description) { file, set, dryRun };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set), parsed.GetValue(dryRun)));
        return command;
    }

    private static int Run(string file, IReadOnlyList<string> overrides, bool dryRun)
    {
        var experiment = Experiment.Read(file, overrides);
        var console = Output.Create();
        using var interruption = new Interruption();
        try
        {
            if (dryRun)
            {
                console.Write(new PlanView(experiment.Plan(interruption.Token)));
                return 0;
            }

            var outcome = console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
                ? ProgressBars.Show(console, progress => experiment.Run(progress, interruption.Token))
                : experiment.Run(new ProgressLines(console), interruption.Token);
            console.Write(new OutcomeView(outcome));
            return 0;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("stopped; what is finished is kept: the same command goes on from there");
            return interruption.ExitCode;
        }
    }
}
