using System.Globalization;
using ProbePipeline.Costs;
using ProbePipeline.Inspection;
using ProbePipeline.Opening;

namespace ProbePipeline.Planning;

/// <summary>What a prepared experiment would do and what it costs, in lines.</summary>
internal static class PlanLines
{
    public static ExperimentPlan Of(PreparedExperiment experiment, CancellationToken cancellation)
    {
        var (options, rows) = (experiment.Options, experiment.Rows.Rows);
        // Beside what asks the network about conditions.
        var schema = Task.Run(() => experiment.Extraction.Columns(rows), cancellation);
        (string, string)[] asked = [.. OfRows(experiment), .. ConditionLines.Of(experiment)];
        var rowBytes = schema.GetAwaiter().GetResult().Sum(column => (double)column.BytesPerRow);
        return new ExperimentPlan(
        [
            .. asked,
            .. OfSweeps(experiment),
            .. CostLines.Of(experiment, rowBytes, cancellation),
            .. OfOtherForwards(experiment),
            ("features", Text($"{rowBytes * rows.Length * experiment.Stages.Conditions.Length / 1e6:0.#} MB in {experiment.FeatureFolder}")),
            .. ProbeLines.Of(experiment),
            ("report", Path.Combine(options.Output, "report.html")),
        ]);
    }

    private static IEnumerable<(string What, string Value)> OfRows(PreparedExperiment experiment)
    {
        var (options, rows, network, split) = (experiment.Options, experiment.Rows.Rows, experiment.Model.Network, experiment.Task.Summary);
        yield return ("experiment", options.ShownName);
        yield return ("model", Text($"{options.Model}: {network.ModelType}, {network.Computation}"));
        yield return ("dataset", experiment.Dataset.Description);
        if (experiment.Dataset.Taken is var taken && taken.Any(row => row.Taken < row.Found))
        {
            yield return ("taken", string.Join(", ", taken.Select(row => Text($"{(row.Class.Length == 0 ? "(not said)" : row.Class)} {row.Taken} of {row.Found}"))));
        }

        yield return ("rows", Text($"{rows.Length} about {rows.Select(row => row.Image).Distinct().Count()} pictures, {experiment.Rows.Dropped.Length} dropped; train {split.Train.Rows}, validation {split.Validation.Rows}, test {split.Test.Rows}{Folds(split)}"));
        yield return ("classes", Text($"{experiment.Task.Rows.Classes.Length}: {string.Join(", ", experiment.Task.Rows.Classes)}"));
    }

    private static IEnumerable<(string What, string Value)> OfSweeps(PreparedExperiment experiment) => experiment.Sweeps.Select(sweep => (
        $"sweep {sweep.Options.Name}",
        Text($"{sweep.Windows.Length} windows of {sweep.Options.Window} in {sweep.Options.Block.Tower} layers, {sweep.Windows[0].Condition.Name} to {sweep.Windows[^1].Condition.Name}; a condition each")));

    // What goes through the network beside the rows themselves, or after them.
    private static IEnumerable<(string What, string Value)> OfOtherForwards(PreparedExperiment experiment)
    {
        var (options, stages) = (experiment.Options, experiment.Stages);
        if (options.Answer is { Blind: true })
        {
            yield return ("answers without the picture", Text($"{experiment.Rows.Rows.Select(row => row.Prompt).Distinct().Count()} prompts, each once through the decoder"));
        }

        if (!stages.Erasures.IsEmpty)
        {
            yield return ("erasers", Text($"{stages.Erasures.Select(erasure => (erasure.Field, erasure.Site)).Distinct().Count()}, fitted on the training rows of {options.Conditions[0].Name}; what is erased runs afterwards"));
        }

        if (!experiment.Donors.IsEmpty)
        {
            yield return ("donor rows", Text($"one of another picture for every row, in the same part of the split, by seed {options.Capture.DonorSeed}; they go through the network under the donor condition as well"));
        }

        if (!stages.Replacing.IsEmpty)
        {
            yield return ("means of keys", Text($"{stages.Replacing.Select(block => (block.Tower, block.To)).Distinct().Count()}, over the training rows of {options.Conditions[0].Name}, which go through the network once more for them; what uses them runs afterwards"));
        }
    }

    private static string Folds(Probes.Results.SplitSummary split) =>
        Text($"{(split.Folds > 1 ? $", in {split.Folds} folds (train and validation: of the first)" : "")}{(split.Repeats > 1 ? $", {split.Repeats} such splits" : "")}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
