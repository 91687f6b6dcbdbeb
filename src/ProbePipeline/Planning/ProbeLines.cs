using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Saving;

namespace ProbePipeline.Planning;

/// <summary>What is fitted on the states of an experiment, in lines of its plan.</summary>
internal static class ProbeLines
{
    public static IEnumerable<(string What, string Value)> Of(PreparedExperiment experiment)
    {
        var options = experiment.Options;
        if (options.Probe is not { } probe)
        {
            yield return ("probes", "none");
            yield break;
        }

        var (sites, conditions) = (experiment.States.Captures.Length, options.Conditions.Length);
        yield return ("probes", Fits(experiment, probe, sites, conditions));
        if (experiment.Targets is { Any: true } targets)
        {
            var names = targets.Numbers.Select(target => target.Name).Concat(targets.LabelSets.Select(target => FormattableString.Invariant($"{target.Name} ({target.Labels.Length} labels)")));
            yield return ("other targets", FormattableString.Invariant($"{string.Join(", ", names)}, at {sites} sites under {conditions} conditions"));
        }

        foreach (var line in BaselineLines.Of(options, experiment.Rows.Rows.Length, sites).Concat(GeometryLines.Of(options, sites * conditions)))
        {
            yield return line;
        }

        if (probe.Save)
        {
            yield return ("saved probes", FormattableString.Invariant($"at most {RunProbes.LargestSize(experiment) / 1e6:0.##} MB in {RunProbes.In(options.Output)}"));
        }

        if (probe.Maps)
        {
            yield return ("maps", $"a forward under {options.Conditions[0].Name} for every sample picture of the report");
        }
    }

    private static string Fits(PreparedExperiment experiment, ProbeOptions probe, int sites, int conditions)
    {
        // Windows of sweeps are conditions too, but they get one probe each.
        var windows = experiment.Stages.Conditions.Length - conditions;
        var probes = (sites * conditions) + windows;
        var study = experiment.Task.Study;
        var ofWindows = windows == 0 ? "" : FormattableString.Invariant($" and at one site under {windows} windows");
        var controls = probe.Control switch
        {
            null => "",
            { Seeds: 1 } => ", and as many control tasks",
            { Seeds: var seeds } => FormattableString.Invariant($", and {seeds} times as many control tasks"),
        };
        return FormattableString.Invariant($"{probes} at {sites} sites under {conditions} conditions{ofWindows}, {probe.L2.Length} penalties each{controls}; ")
            + FormattableString.Invariant($"{study.FitsPerSite * probes} fits in all, fewer where conditions share states; trainer: {study.Trainer.Description}");
    }
}
