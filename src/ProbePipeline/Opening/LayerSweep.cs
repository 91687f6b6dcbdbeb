using System.Collections.Immutable;
using ProbePipeline.Models;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options;

namespace ProbePipeline.Opening;

/// <summary>A sweep in a network: its windows and their conditions.</summary>
/// <param name="Options">What is swept.</param>
/// <param name="Windows">The windows in order, each with its first and last layer.</param>
internal sealed record LayerSweep(SweepOptions Options, ImmutableArray<(int First, int Last, ConditionOptions Condition)> Windows)
{
    public static LayerSweep Of(SweepOptions options, Network network) => new(
        options,
        [
            .. options.Windows(options.Block.Tower == Tower.Vision ? network.Vision!.LayerCount : network.Language!.LayerCount)
                .Select(window => (window.First, window.Last, options.Condition(window.First, window.Last))),
        ]);
}
