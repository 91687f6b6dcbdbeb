namespace ProbePipeline.Options.Keys;

/// <summary>What conditions need that depend on the split: means are taken over the first condition's training rows, donor rows within a part.</summary>
internal static class FittedRules
{
    public static IEnumerable<(string Key, string Message)> Means(ExperimentOptions options)
    {
        var first = options.Conditions[0];
        var donors = options.Conditions.Where(condition => first.Patches.Any(patch => patch.From == condition.Name));
        if (first.Replacing.Any() || donors.Any(donor => donor.NeedsFitted))
        {
            yield return ($"conditions.{first.Name}", "the first condition is the one that means of keys are taken of; expected it to replace nothing, and to take no states from one that replaces or erases");
        }

        if (options.Probe?.Split is { Folds: > 1 } or { Repeats: > 1 })
        {
            var replacing = options.Conditions.Where(condition => condition.Replacing.Any()).Select(condition => $"conditions.{condition.Name}")
                .Concat(options.Sweeps.Where(sweep => sweep.Block.Means is not null).Select(sweep => $"sweeps.{sweep.Name}"));
            foreach (var key in replacing)
            {
                yield return (key, "replaces keys by means, and there are several splits: means are taken over training rows, which other splits test; expected folds and repeats 1 in probe.split, or replace: nothing");
            }
        }
    }

    public static IEnumerable<(string Key, string Message)> Donors(ExperimentOptions options)
    {
        if (options.Probe?.Split is not ({ Folds: > 1 } or { Repeats: > 1 }))
        {
            yield break;
        }

        foreach (var condition in options.Conditions.Where(condition => condition.MixesRows))
        {
            yield return ($"conditions.{condition.Name}", "takes states from other rows, and there are several splits: a donor must be in the row's part of each of them; expected folds and repeats 1 in probe.split, or rows: same");
        }
    }
}
