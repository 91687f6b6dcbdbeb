using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Inspection;

/// <summary>What every condition of a prepared experiment cuts, and the shortest ways that it leaves open, in lines.</summary>
internal static class ConditionLines
{
    public static IEnumerable<(string What, string Value)> Of(PreparedExperiment experiment)
    {
        foreach (var condition in experiment.Options.Conditions)
        {
            var ways = ConditionPaths.Of(experiment, condition).Select(way => $"{TowerText.Write(way.Path.Tower)}: {way.Path.From} to {way.Path.To} {way.Way}");
            yield return ($"condition {condition.Name}", condition.Blocks.IsEmpty ? "nothing is cut" : string.Join("; ", condition.Blocks));
            foreach (var change in condition.Changes)
            {
                yield return ("", $"changed: {change}");
            }

            yield return ("", $"ways left: {string.Join("; ", ways)}");
        }
    }
}
