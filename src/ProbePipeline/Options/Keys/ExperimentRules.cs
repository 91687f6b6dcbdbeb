using System.Globalization;
using ProbePipeline.Models.Sites;
using ProbePipeline.Options.Source;

namespace ProbePipeline.Options.Keys;

/// <summary>What keys must be together; each by itself is right already.</summary>
internal static class ExperimentRules
{
    // Shares such as 0.6 and 0.4 have no exact sum.
    private const double SmallestTestShare = 1e-9;

    private static readonly (string[] Reads, Func<ExperimentOptions, IEnumerable<(string Key, string Message)>> Check)[] Rules =
    [
        (["probe.split"], Split),
        (["probe.split"], ProtocolRules.Folds),
        (["probe.refit", "probe.learningCurve"], ProtocolRules.LearningCurve),
        (["probe.codeLength"], ProtocolRules.CodeLength),
        (["probe.target", "probe.control"], Control),
        (["probe.target", "probe.erasure"], Erasure),
        (["probe.target", "probe.baselines"], BaselineRules.OtherLabels),
        (["probe.baselines"], BaselineRules.Seed),
        (["dataset", "probe.target", "probe.control", "probe.erasure", "probe.targets", "probe.baselines", "answer", "conditions"], FieldRules.Generated),
        (["dataset"], DatasetForms.Check),
        (["conditions", "capture.sites", "capture.pooling", "probe.split"], Erasures),
        (["conditions", "sweeps", "probe.split"], FittedRules.Means),
        (["conditions", "probe.split"], FittedRules.Donors),
        (["probe.target", "answer"], Answer),
        (["probe.target", "lens"], Lens),
        (["capture.sites", "capture.pooling"], Poolings),
        (["capture.sites", "answer", "lens"], Prompt),
    ];

    /// <summary>Checks what is not wrong already.</summary>
    public static void Check(ExperimentOptions options, SourceNode root, ProblemList problems)
    {
        var sound = Rules.Where(rule => !rule.Reads.Any(problems.Touch)).ToArray();
        foreach (var (key, message) in sound.SelectMany(rule => rule.Check(options)))
        {
            problems.Add(KeyPath.Find(root, key), key, message);
        }
    }

    private static IEnumerable<(string Key, string Message)> Split(ExperimentOptions options)
    {
        if (options.Probe?.Split is not { } split)
        {
            yield break;
        }

        if (split is { Folds: 1, Order: not SplitOrder.Given } && split.Train + split.Validation > 1 - SmallestTestShare)
        {
            var sum = Math.Round(split.Train + split.Validation, 6);
            yield return ("probe.split", string.Create(
                CultureInfo.InvariantCulture, $"train and validation sum to {sum}, expected less than 1, since what is left is the test part"));
        }

        if (split.Order == SplitOrder.Given && (split.Folds > 1 || split.Repeats > 1))
        {
            yield return ("probe.split", "found order given with several folds or repeats; expected one split, which is the dataset's own, or another order");
        }

        if (split.Order == SplitOrder.Given && !options.Dataset.IsOnDisk)
        {
            yield return ("probe.split.order", $"found given, but {options.Dataset.Name} has no split of its own; expected index or random");
        }

        if (split.Order == SplitOrder.Index && split.Seed != 0)
        {
            yield return ("probe.split.seed", string.Create(CultureInfo.InvariantCulture, $"found {split.Seed} with order index, which takes no seed; expected order random, or no seed"));
        }
    }

    private static IEnumerable<(string Key, string Message)> Control(ExperimentOptions options)
    {
        if (options.Probe?.Control is { } control && control.Type.Contains(options.Target))
        {
            yield return ("probe.control.type", $"found the target \"{options.Target}\", expected other fields: a control task on the target is the task itself");
        }
    }

    private static IEnumerable<(string Key, string Message)> Erasure(ExperimentOptions options)
    {
        if (options.Probe?.Erasure?.Other is { } other && other == options.Target)
        {
            yield return ("probe.erasure.other", $"found the target \"{options.Target}\", expected another field: the target is what is erased");
        }
    }

    private static IEnumerable<(string Key, string Message)> Answer(ExperimentOptions options)
    {
        if (options.Answer is not { } answer)
        {
            yield break;
        }

        if (answer.Questions.Any(question => question.Fields.Contains(options.Target)))
        {
            yield return ("answer.question", $"found the target {{{options.Target}}}, expected other fields: this question holds its answer");
        }

        if (answer.Score >= AnswerScore.GeneratedExact && answer.Generate == 0)
        {
            yield return ("answer.score", "found a score of the model's own answers, which it does not write; expected generate with a number of tokens beside it");
        }

        foreach (var problem in Words("answer.choices", answer.Choices, options.Target))
        {
            yield return problem;
        }
    }

    private static IEnumerable<(string Key, string Message)> Erasures(ExperimentOptions options)
    {
        foreach (var (index, condition) in options.Conditions.Index())
        {
            foreach (var erasure in condition.Erasures)
            {
                var key = $"conditions.{condition.Name}";
                if (index == 0)
                {
                    yield return (key, "the first condition is the one that erasers are fitted on; expected it to erase nothing");
                }

                if (options.Probe?.Split is { Folds: > 1 } or { Repeats: > 1 })
                {
                    yield return (key, "erases, and there are several splits: an eraser is fitted on training rows, which other splits test; expected probe.split.folds 1 and repeats 1, or no erasing condition");
                }

                if (options.Capture.CaptureAt(erasure.Site) is null)
                {
                    yield return (key, $"erases at {erasure.Site}, which is not captured with any pooling; expected a site of capture.sites, since the eraser is fitted on what is captured there");
                }
            }
        }
    }

    private static IEnumerable<(string Key, string Message)> Lens(ExperimentOptions options) =>
        options.Lens is not { } lens ? []
        : lens.Labels.Column is { } column ? [("lens.labels", $"found the column \"{column}\", expected {LabelWords.ClassesOf(options.Target)} or a list of words: ranks of a row's label are held against those of the others' labels")]
        : Words("lens.labels", lens.Labels, options.Target);

    private static IEnumerable<(string Key, string Message)> Words(string key, LabelWords words, string target) => words.Field is { } field && field != target
        ? [(key, $"found \"{words}\", expected {LabelWords.ClassesOf(target)} (every class of the target {target}) or a list of words such as [wheel, door]")]
        : [];

    private static IEnumerable<(string Key, string Message)> Poolings(ExperimentOptions options)
    {
        var (sites, poolings) = (options.Capture.Sites, options.Capture.Pooling);
        foreach (var site in sites.Where(site => !poolings.Any(pooling => CaptureOptions.Applies(pooling, site))))
        {
            yield return ("capture.sites", $"at {site} there are no tokens for {string.Join(", ", poolings)}; expected a pooling that it has, or other sites");
        }

        foreach (var pooling in poolings.Where(pooling => !sites.Any(site => CaptureOptions.Applies(pooling, site))))
        {
            yield return ("capture.pooling", $"{pooling} has tokens at none of the sites {string.Join(", ", sites)}; expected a pooling that one of them has");
        }
    }

    private static IEnumerable<(string Key, string Message)> Prompt(ExperimentOptions options)
    {
        if (options.Answer is not null)
        {
            yield break;
        }

        var language = options.Capture.Sites.Where(site => site.Tower == Tower.Language && site.Kind != SiteKind.Projector).ToArray();
        if (language.Length > 0)
        {
            yield return ("capture.sites", $"{string.Join(", ", language)} cannot be read without a prompt; expected the key answer, which has it, or other sites");
        }

        if (options.Lens is not null)
        {
            yield return ("lens", "the lens reads the language model, which needs a prompt; expected the key answer, which has it, or no lens");
        }
    }
}
