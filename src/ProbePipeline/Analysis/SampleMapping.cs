using System.Collections.Immutable;
using ProbePipeline.Applying;
using ProbePipeline.Opening;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Rows;

namespace ProbePipeline.Analysis;

/// <summary>Runs the sample rows once more under the first condition, and reads every patch with its best probe on the path to the answer.</summary>
internal static class SampleMapping
{
    private const int Digits = 4;

    /// <param name="experiment">The experiment.</param>
    /// <param name="outcomes">The first condition's probes, in the order of the captures.</param>
    /// <param name="rows">The sample rows.</param>
    /// <returns>Null where no maps are asked for, the condition does more than cut, or no probe was trained on patches.</returns>
    public static SampleMaps? Of(PreparedExperiment experiment, ImmutableArray<ProbeOutcome> outcomes, IEnumerable<ExperimentRow> rows)
    {
        var condition = experiment.Options.Conditions[0];
        if (experiment.Options.Probe is not { Maps: true } || !condition.OnlyCuts)
        {
            return null;
        }

        var best = experiment.States.Captures.Zip(outcomes, (capture, outcome) => new Candidate(new AppliedProbe(experiment.Model, outcome.Probe, capture, condition.Blocks), outcome.Result))
            .Where(candidate => candidate.Probe.ReadsPatches && candidate.Result.OnPath).MaxBy(candidate => candidate.Result.ValidationAccuracy);
        return best is null ? null : new SampleMaps(condition.Name, best.Result.Site, [.. rows.Select(row => Decisions(best.Probe.Map(row.Picture, row.Region, row.Prompt)))]);
    }

    private static ImmutableArray<PatchDecision> Decisions(ImmutableArray<PatchReading> patches)
    {
        var tiled = patches.Any(patch => patch.Place.Tile > 0);
        return
        [
            .. from patch in patches
               where !tiled || patch.Place.Tile > 0
               let likeliest = patch.Likeliest
               // A forward's last digits depend on the number of threads, which results shall not show.
               select likeliest with { Probability = Math.Round(likeliest.Probability, Digits) },
        ];
    }

    private sealed record Candidate(AppliedProbe Probe, ProbeResult Result);
}
