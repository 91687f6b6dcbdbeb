using System.CommandLine;
using ProbePipeline.Cli.Logging;
using ProbePipeline.Cli.Run;

namespace ProbePipeline.Cli.Merge;

/// <summary><c>probe merge</c>: from what shards have made to the report.</summary>
internal static class MergeCommand
{
    private const string Description = """
        Joins what 'probe run --shard' has made, trains the probes that no shard has trained, and writes the report: the same, to the byte, as
        of a run on one machine. Shards in the output folder are moved and gone afterwards; those named with --from are copied and stay.

        Examples:
          probe merge data/experiments/partscenes.yaml
          probe merge data/experiments/partscenes.yaml --join
          probe merge data/experiments/partscenes.yaml --from /mnt/a/1-of-2 --from /mnt/b/2-of-2
        """;

    public static Command Create()
    {
        var file = ExperimentArguments.File();
        var set = ExperimentArguments.Set();
        var from = new Option<string[]>("--from") { Description = "The folder of a shard that lies elsewhere; may be given several times.", HelpName = "FOLDER", DefaultValueFactory = _ => [] };
        var join = new Option<bool>("--join") { Description = "Joins the features, fits what conditions need, and stops, so that shards can go on with what comes next." };
        var level = CommandLog.Level();
        var command = new Command("merge", Description) { file, set, from, join, level };
        command.SetAction(parsed =>
        {
            var experiment = Experiment.Read(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set));
            using var log = new CommandLog(experiment.Options.Output, parsed.GetRequiredValue(level));
            experiment = experiment.LoggedTo(log);
            var folders = parsed.GetRequiredValue(from);
            return parsed.GetValue(join)
                ? Work.Show(Output.Create(), (progress, cancellation) => experiment.JoinShards(folders, progress, cancellation), outcome => new JoinView(outcome))
                : Work.Show(Output.Create(), (progress, cancellation) => experiment.Merge(folders, progress, cancellation), outcome => new OutcomeView(outcome));
        });
        return command;
    }
}
