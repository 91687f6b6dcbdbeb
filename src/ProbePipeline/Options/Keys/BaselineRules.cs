namespace ProbePipeline.Options.Keys;

/// <summary>What the keys of <c>probe.baselines</c> must be together.</summary>
internal static class BaselineRules
{
    public static IEnumerable<(string Key, string Message)> OtherLabels(ExperimentOptions options)
    {
        if (options.Probe is { } probe && probe.Baselines.OtherLabels.Contains(options.Target))
        {
            yield return ("probe.baselines.otherLabels", $"found the target \"{options.Target}\", expected other fields: the target is what they are to tell");
        }
    }

    public static IEnumerable<(string Key, string Message)> Seed(ExperimentOptions options)
    {
        if (options.Probe?.Baselines is { Seed: not 0, RandomFeatures: false, RandomModel: false } baselines)
        {
            yield return ("probe.baselines.seed", FormattableString.Invariant($"found {baselines.Seed} with nothing to draw; expected randomFeatures or randomModel true, or no seed"));
        }
    }
}
