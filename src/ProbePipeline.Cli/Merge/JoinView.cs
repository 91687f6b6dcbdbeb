using System.Globalization;
using ProbePipeline.Sharding;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProbePipeline.Cli.Merge;

/// <summary>What joining came to, and what comes next.</summary>
internal sealed class JoinView(JoinOutcome outcome) : JustInTimeRenderable
{
    protected override IRenderable Build() => new Spectre.Console.Rows(
        new Text(string.Create(CultureInfo.InvariantCulture, $"joined: {outcome.Chunks} chunks")),
        new Text(outcome switch
        {
            { IsComplete: false } => "what conditions need is fitted; next: the shards once more, for the features under those conditions",
            { HasProbes: true } => "all features are there; next: the shards once more, for their probes; or this command without --join",
            _ => "all features are there; next: this command without --join",
        }));
}
