using System.Collections.Immutable;

namespace ProbePipeline.Sharding;

/// <summary>How an experiment is laid out as jobs for Slurm.</summary>
public sealed record SlurmOptions
{
    /// <summary>How many tasks share the forwards.</summary>
    public required int FeatureShards { get; init; }

    /// <summary>How many tasks share the probes; 0: the report's job trains them.</summary>
    public int ProbeShards { get; init; }

    /// <summary>What the tasks ask Slurm for, each as <c>sbatch</c> takes it: <c>--gpus=1</c>.</summary>
    public ImmutableArray<string> Requests { get; init; } = [];

    /// <summary>What the tasks that run forwards ask for beside that.</summary>
    public ImmutableArray<string> FeatureRequests { get; init; } = [];

    /// <summary>The words that start <c>probe</c> on a node, as a shell takes them.</summary>
    public string Command { get; init; } = "probe";

    /// <summary>How often a task that was killed, or that ran out of time, is queued again.</summary>
    public int Restarts { get; init; } = 20;
}
