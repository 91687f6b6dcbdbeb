using System.Collections.Immutable;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Saving;

namespace ProbePipeline.Saving;

/// <summary>The probes of a run in its output folder.</summary>
internal static class RunProbes
{
    private const string Name = "probes/probes.safetensors";

    /// <summary>The file in a run's output folder.</summary>
    public static string In(string output) => Path.Combine(output, Name);

    /// <summary>The most bytes that the probes of an experiment take, their cards left out.</summary>
    public static long LargestSize(PreparedExperiment experiment) => Saved(experiment).Count()
        * experiment.States.Captures.Sum(capture => ProbeFile.BytesOf(experiment.Task.Rows.Classes.Length, experiment.Model.Network.WidthOf(capture.Site)));

    /// <summary>Writes the probes; where none are to be saved, those of an earlier run go, since they would seem to belong to this one.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="modelHash">SHA-256 of the model's files.</param>
    /// <param name="outcomes">By condition, in the order of the captures.</param>
    /// <returns>What was written; null where nothing was.</returns>
    public static SavedProbesSummary? Write(PreparedExperiment experiment, string modelHash, ImmutableDictionary<string, ImmutableArray<ProbeOutcome>> outcomes)
    {
        var path = In(experiment.Options.Output);
        if (experiment.Options.Probe is not { Save: true } || outcomes.IsEmpty)
        {
            if (Directory.Exists(Path.GetDirectoryName(path)))
            {
                File.Delete(path);
            }

            return null;
        }

        var file = Of(experiment, modelHash, outcomes);
        file.Save(path);
        return new SavedProbesSummary(Name, file.Probes.Length, file.Distinct, new FileInfo(path).Length);
    }

    /// <summary>The probes with their cards, condition by condition; those of conditions that do more than cut are left out.</summary>
    public static ProbeFile Of(PreparedExperiment experiment, string modelHash, ImmutableDictionary<string, ImmutableArray<ProbeOutcome>> outcomes)
    {
        var options = experiment.Options;
        return new ProbeFile(
            [
                .. from condition in Saved(experiment)
                   from outcome in experiment.States.Captures.Zip(outcomes[condition.Name], (capture, outcome) => new SavedProbe(outcome.Probe, new ProbeCard
                   {
                       Site = $"{capture.Site}",
                       Pooling = $"{capture.Pooling}",
                       Condition = condition.Name,
                       Blocks = BlockText.Write(condition.Blocks),
                       Trainer = experiment.Task.Study.Trainer.Description,
                       ValidationAccuracy = First(outcome.Result).ValidationAccuracy,
                       TestAccuracy = First(outcome.Result).TestAccuracy,
                       OnPath = outcome.Result.OnPath,
                   }))
                   select outcome,
            ],
            new ProbeSource
            {
                Experiment = options.ShownName,
                Target = options.Target,
                Model = Redaction.Of(options.Model),
                ModelHash = modelHash,
                Type = experiment.Model.Network.TypeName,
                Template = Redaction.Of(experiment.Template.Name),
                Question = Redaction.Of($"{options.Answer?.Questions[0]}"),
                RegionThreshold = options.Regions.Threshold,
                RegionTiles = $"{options.Regions.Tiles}".ToLowerInvariant(),
            });
    }

    private static IEnumerable<ConditionOptions> Saved(PreparedExperiment experiment) => experiment.Options.Conditions.Where(condition => condition.OnlyCuts);

    // Of several folds the first one's probe is saved.
    private static (double ValidationAccuracy, double TestAccuracy) First(ProbeResult result) =>
        result.Folds is [var first, ..] ? (first.ValidationAccuracy, first.TestAccuracy) : (result.ValidationAccuracy, result.TestAccuracy);
}
