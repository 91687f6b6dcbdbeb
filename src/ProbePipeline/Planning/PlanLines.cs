using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Costs;
using ProbePipeline.Inspection;
using ProbePipeline.Opening;
using ProbePipeline.Saving;

namespace ProbePipeline.Planning;

/// <summary>What a prepared experiment would do and what it costs, in lines.</summary>
internal static class PlanLines
{
    public static ExperimentPlan Of(PreparedExperiment experiment, CancellationToken cancellation)
    {
        var (options, rows, network) = (experiment.Options, experiment.Rows.Rows, experiment.Model.Network);
        // Windows of sweeps are conditions too, but they get one probe each.
        var conditions = experiment.Stages.Conditions.Length;
        var windows = conditions - options.Conditions.Length;
        var sites = experiment.States.Captures.Length;
        var fitted = (sites * options.Conditions.Length) + windows;
        var split = experiment.Task.Summary;
        // Beside what asks the network about conditions.
        var schema = Task.Run(() => experiment.Extraction.Columns(rows), cancellation);
        var lines = ImmutableArray.CreateBuilder<(string, string)>();
        lines.Add(("experiment", options.ShownName));
        lines.Add(("model", Text($"{options.Model}: {network.ModelType}, {network.Computation}")));
        lines.Add(("dataset", experiment.Dataset.Description));
        if (experiment.Dataset.Taken is var taken && taken.Any(row => row.Taken < row.Found))
        {
            lines.Add(("taken", string.Join(", ", taken.Select(row => Text($"{(row.Class.Length == 0 ? "(not said)" : row.Class)} {row.Taken} of {row.Found}")))));
        }

        lines.Add(("rows", Text($"{rows.Length} about {rows.Select(row => row.Image).Distinct().Count()} pictures, {experiment.Rows.Dropped.Length} dropped; train {split.Train.Rows}, validation {split.Validation.Rows}, test {split.Test.Rows}{Folds(split)}")));
        lines.Add(("classes", Text($"{experiment.Task.Rows.Classes.Length}: {string.Join(", ", experiment.Task.Rows.Classes)}")));
        lines.AddRange(ConditionLines.Of(experiment));
        var columns = schema.GetAwaiter().GetResult();
        lines.AddRange(experiment.Sweeps.Select(sweep => (
            $"sweep {sweep.Options.Name}",
            Text($"{sweep.Windows.Length} windows of {sweep.Options.Window} in {sweep.Options.Block.Tower} layers, {sweep.Windows[0].Condition.Name} to {sweep.Windows[^1].Condition.Name}; a condition each"))));
        lines.AddRange(CostLines.Of(experiment, columns.Sum(column => (double)column.BytesPerRow), cancellation));
        if (options.Answer is { Blind: true })
        {
            lines.Add(("answers without the picture", Text($"{rows.Select(row => row.Prompt).Distinct().Count()} prompts, each once through the decoder")));
        }

        if (!experiment.Stages.Erasures.IsEmpty)
        {
            lines.Add(("erasers", Text($"{experiment.Stages.Erasures.Select(erasure => (erasure.Field, erasure.Site)).Distinct().Count()}, fitted on the training rows of {options.Conditions[0].Name}; what is erased runs afterwards")));
        }

        if (!experiment.Donors.IsEmpty)
        {
            lines.Add(("donor rows", Text($"one of another picture for every row, in the same part of the split, by seed {options.Capture.DonorSeed}; they go through the network under the donor condition as well")));
        }

        if (!experiment.Stages.Replacing.IsEmpty)
        {
            lines.Add(("means of keys", Text($"{experiment.Stages.Replacing.Select(block => (block.Tower, block.To)).Distinct().Count()}, over the training rows of {options.Conditions[0].Name}, which go through the network once more for them; what uses them runs afterwards")));
        }

        lines.Add(("features", Text($"{(double)rows.Length * conditions * columns.Sum(column => column.BytesPerRow) / 1e6:0.#} MB in {experiment.FeatureFolder}")));
        lines.Add(("probes", options.Probe is { } probe
            ? Text($"{fitted} at {sites} sites under {options.Conditions.Length} conditions{(windows == 0 ? "" : $" and at one site under {windows} windows")}, {probe.L2.Length} penalties each{(probe.Control is null ? "" : $", and {(probe.Control.Seeds == 1 ? "as" : Text($"{probe.Control.Seeds} times as"))} many control tasks")}; {experiment.Task.Study.FitsPerSite * fitted} fits in all, fewer where conditions share states; trainer: {experiment.Task.Study.Trainer.Description}")
            : "none"));
        if (experiment.Targets is { Any: true } targets)
        {
            lines.Add(("other targets", Text($"{string.Join(", ", targets.Numbers.Select(target => target.Name).Concat(targets.LabelSets.Select(target => $"{target.Name} ({target.Labels.Length} labels)")))}, at {sites} sites under {options.Conditions.Length} conditions")));
        }

        lines.AddRange(BaselineLines.Of(options, rows.Length, sites));
        lines.AddRange(GeometryLines.Of(options, sites * options.Conditions.Length));
        if (options.Probe is { Save: true })
        {
            lines.Add(("saved probes", Text($"at most {RunProbes.LargestSize(experiment) / 1e6:0.##} MB in {RunProbes.In(options.Output)}")));
        }

        if (options.Probe is { Maps: true })
        {
            lines.Add(("maps", $"a forward under {options.Conditions[0].Name} for every sample picture of the report"));
        }

        lines.Add(("report", Path.Combine(options.Output, "report.html")));
        return new ExperimentPlan(lines.ToImmutable());
    }

    private static string Folds(Probes.Results.SplitSummary split) =>
        Text($"{(split.Folds > 1 ? $", in {split.Folds} folds (train and validation: of the first)" : "")}{(split.Repeats > 1 ? $", {split.Repeats} such splits" : "")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
