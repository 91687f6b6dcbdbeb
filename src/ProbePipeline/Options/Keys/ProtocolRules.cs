using System.Globalization;

namespace ProbePipeline.Options.Keys;

/// <summary>What the keys of <c>probe</c>'s protocols must be together.</summary>
internal static class ProtocolRules
{
    public static IEnumerable<(string Key, string Message)> Folds(ExperimentOptions options)
    {
        if (options.Probe?.Split is not { } split)
        {
            yield break;
        }

        if (split.Folds > 1 && split.Validation > 1 - (1.0 / split.Folds) - 1e-9)
        {
            yield return ("probe.split.validation", string.Create(
                CultureInfo.InvariantCulture, $"found {split.Validation} with {split.Folds} folds, expected less than {1 - (1.0 / split.Folds):0.###}, since each fold tests one in {split.Folds} pictures and has to train on some"));
        }

        if (split.Repeats > 1 && split.Order == SplitOrder.Index)
        {
            yield return ("probe.split.repeats", string.Create(CultureInfo.InvariantCulture, $"found {split.Repeats} with order index, which gives the same split every time; expected order random, or no repeats"));
        }
    }

    public static IEnumerable<(string Key, string Message)> LearningCurve(ExperimentOptions options)
    {
        if (options.Probe is { Refit: true, LearningCurve: not null })
        {
            yield return ("probe.learningCurve", "found together with refit, which would add the same validation pictures to every training size; expected refit false, or no learning curve");
        }
    }

    public static IEnumerable<(string Key, string Message)> CodeLength(ExperimentOptions options)
    {
        if (options.Probe?.CodeLength is not { } code)
        {
            yield break;
        }

        if (code.Shares[^1] < 1)
        {
            yield return ("probe.codeLength.shares", string.Create(CultureInfo.InvariantCulture, $"found {code.Shares[^1]} as the last share, expected 1: a code tells all labels"));
        }

        if (code.Order == SplitOrder.Index && code.Seed != 0)
        {
            yield return ("probe.codeLength.seed", string.Create(CultureInfo.InvariantCulture, $"found {code.Seed} with order index, which takes no seed; expected order random, or no seed"));
        }
    }
}
