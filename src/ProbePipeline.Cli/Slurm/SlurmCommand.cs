using System.CommandLine;
using ProbePipeline.Cli.Run;
using ProbePipeline.Sharding;
using Spectre.Console;

namespace ProbePipeline.Cli.Slurm;

/// <summary><c>probe slurm</c>: an experiment as jobs for a cluster.</summary>
internal static class SlurmCommand
{
    private const string Description = """
        Writes batch scripts for Slurm: an array of tasks for the forwards, a job that joins them, an array for the probes, a job for the report.
        Each begins when the one before has ended well; a task that is killed or runs out of time is queued again and goes on where it stopped.
        Nothing is submitted: that does submit.sh, which lies beside the others.

        Examples:
          probe slurm data/experiments/partscenes.yaml --shards 8 --to jobs
          probe slurm data/experiments/partscenes.yaml --shards 8 --probe-shards 4 --to jobs --request=--cpus-per-task=8 --feature-request=--gpus=1
        """;

    public static Command Create()
    {
        var file = ExperimentArguments.File();
        var set = ExperimentArguments.Set();
        var shards = new Option<int>("--shards") { Description = "How many tasks share the forwards.", HelpName = "COUNT", Required = true };
        var probeShards = new Option<int>("--probe-shards") { Description = "How many tasks share the probes; by default none: the report's job trains them.", HelpName = "COUNT" };
        var to = new Option<string>("--to") { Description = "The folder for the scripts and their logs, on a disk that all nodes see.", HelpName = "FOLDER", Required = true };
        var requests = Several("--request", "What every task asks for, as sbatch takes it, such as --time=04:00:00; may be given several times.");
        var featureRequests = Several("--feature-request", "What the tasks that run forwards ask for beside that, such as --gpus=1; may be given several times.");
        var start = new Option<string>("--command") { Description = "The words that start probe on a node; by default those that started this one.", HelpName = "WORDS", DefaultValueFactory = _ => StartedBy() };
        var command = new Command("slurm", Description) { file, set, shards, probeShards, to, requests, featureRequests, start };
        command.SetAction(parsed =>
        {
            var jobs = new SlurmJobs(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set), new SlurmOptions
            {
                FeatureShards = parsed.GetValue(shards),
                ProbeShards = parsed.GetValue(probeShards),
                Requests = [.. parsed.GetRequiredValue(requests)],
                FeatureRequests = [.. parsed.GetRequiredValue(featureRequests)],
                Command = parsed.GetRequiredValue(start),
            });
            Output.Create().MarkupLineInterpolated($"submit with: [bold]{jobs.Write(parsed.GetRequiredValue(to))}[/]");
            return 0;
        });
        return command;
    }

    private static Option<string[]> Several(string name, string description) => new(name) { Description = description, HelpName = "OPTION", DefaultValueFactory = _ => [] };

    // An installed tool has a program of its own; otherwise the runtime is named.
    private static string StartedBy() => Environment.ProcessPath is { } program && Path.GetFileNameWithoutExtension(program) != "dotnet"
        ? ShellWord.Of(program)
        : $"dotnet {ShellWord.Of(Path.Combine(AppContext.BaseDirectory, "probe.dll"))}";
}
