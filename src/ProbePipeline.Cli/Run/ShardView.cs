using ProbePipeline.Sharding;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Run;

/// <summary>What a shard has finished, and what comes next.</summary>
internal sealed class ShardView(ShardOutcome outcome, string experiment) : JustInTimeRenderable
{
    protected override IRenderable Build() => new Spectre.Console.Rows(
        new Text($"shard {outcome.Shard}: its share of {What}, {outcome.Done} {outcome.Unit}, is finished"),
        new Text($"when all {outcome.Shard.Count} shards have ended: {Next}"));

    private string What => outcome.Stage switch
    {
        ShardStage.Features => "the features",
        ShardStage.FittedFeatures => "the features with what was fitted",
        _ => "the probes",
    };

    private string Next => outcome.Stage == ShardStage.Probes
        ? $"probe merge {experiment}"
        : $"probe merge {experiment} --join, then this command again for its share of what comes next; or without --join, which trains all probes and writes the report";
}
