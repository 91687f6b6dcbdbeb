using System.CommandLine;
using ProbePipeline.Cli.Logging;
using ProbePipeline.Sharding;

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
          probe run data/experiments/partscenes.yaml --shard 1/4
        """;

    public static Command Create()
    {
        var file = ExperimentArguments.File();
        var set = ExperimentArguments.Set();
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what would be done and what it costs, and does nothing." };
        var shard = new Option<string?>("--shard")
        {
            Description = "Does only this share, from 1: of the features, and once 'probe merge --join' has joined them of the probes. Every share can run on a machine of its own.",
            HelpName = "NUMBER/COUNT",
        };
        var level = CommandLog.Level();
        var command = new Command("run", Description) { file, set, dryRun, shard, level };
        command.SetAction(parsed =>
        {
            var experiment = Experiment.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set));
            var chosen = parsed.GetValue(shard) is { } text ? Shard.Parse(text) : null;
            using var log = new CommandLog(experiment.Options.Output, parsed.GetRequiredValue(level));
            experiment = experiment.LoggedTo(log);
            var console = Output.Create();
            if (parsed.GetValue(dryRun))
            {
                return Work.Do(cancellation =>
                {
                    console.Write(new PlanView(chosen is null ? experiment.Plan(cancellation) : experiment.PlanShard(chosen, cancellation)));
                    return 0;
                });
            }

            return chosen is null
                ? Work.Show(console, experiment.Run, outcome => new OutcomeView(outcome))
                : Work.Show(console, (progress, cancellation) => experiment.RunShard(chosen, progress, cancellation), outcome => new ShardView(outcome, ExperimentArguments.Typed(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set))));
        });
        return command;
    }
}
