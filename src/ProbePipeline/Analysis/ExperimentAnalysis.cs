using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Inspection;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Rows;
using ProbePipeline.Saving;

namespace ProbePipeline.Analysis;

/// <summary>From stored features to results: answers, probes, lens, differences between conditions.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Store">Its features, complete.</param>
/// <param name="Erasers">What the conditions erase.</param>
/// <param name="Means">What they put in place of keys and values.</param>
internal sealed record ExperimentAnalysis(PreparedExperiment Experiment, FeatureStore Store, FittedErasers Erasers, FittedMeans Means)
{
    /// <summary>The states of an untrained network; null: they were not asked for.</summary>
    public FeatureStore? RandomModel { get; init; }

    /// <summary>Where outcomes of probes are taken from that were fitted elsewhere; null: nowhere.</summary>
    public StoredOutcomes? Outcomes { get; init; }

    /// <summary>Rows that are kept though a state of theirs is not finite, each in words.</summary>
    public ImmutableArray<string> NotFinite { get; init; } = [];

    private ProbeTask Task => Experiment.Task;

    private ImmutableArray<ExperimentRow> Rows => Experiment.Rows.Rows;

    // Without those of sweeps, which have a section of their own.
    private ImmutableArray<string> Conditions => [.. Experiment.Options.Conditions.Select(condition => condition.Name)];

    public ExperimentResults Run(Provenance provenance, Action<string, int, int> progress, CancellationToken cancellation)
    {
        var scoring = Scoring(cancellation);
        var answers = scoring is null ? [] : Conditions.ToDictionary(condition => condition, condition => AnswerAnalysis.Of(Store, condition, scoring, Experiment.Choices, Task.Rows));
        // Before the fits: a network takes all cores.
        var named = Experiment.Options.Probe?.Baselines.ZeroShot is { } zeroShot ? new ZeroShotNaming(Experiment, zeroShot).Run(cancellation) : null;
        var fits = new ExperimentProbes(Experiment, Outcomes);
        // The baselines are one more of the probes' kind, on their workers, and begin before them, since what fits one thing after another should not come last.
        var ((reached, untrained), probes) = SideBySide.Both(
            stop => new BaselineAnalysis(Experiment, fits, RandomModel).Run(stop),
            () => Experiment.Options.Probe is null
                ? ImmutableDictionary<string, ImmutableArray<ProbeOutcome>>.Empty
                : fits.OfModel(Store).Run((done, all) => progress("probes", done, all), cancellation),
            cancellation);
        // What follows computes here, where no worker is.
        var comparisons = new Comparisons(Task.Rows, Task.Differences, probes, answers);
        var conditions = new OrderedDictionary<string, ConditionResults>(Experiment.Options.Conditions.Select(condition => KeyValuePair.Create(condition.Name, ResultsOf(condition, comparisons))));
        var agreements = Agreements(conditions, comparisons);
        foreach (var agreement in agreements)
        {
            conditions[agreement.Condition] = conditions[agreement.Condition] with { ReadableVersusUsed = agreement.Against(agreements[0]) };
        }

        var (numbers, labelSets) = Experiment.Options.Probe is null ? ([], []) : new TargetAnalysis(Task.Study, Experiment.Targets, Store, fits.Sites, Conditions).Run((done, all) => progress("other targets", done, all), cancellation);
        var samples = new SampleAnalysis(Experiment, Store);
        var results = new ExperimentResults
        {
            Name = Experiment.Options.ShownName,
            Note = Experiment.Options.Note is { } note ? Redaction.Of(note) : null,
            Rows = Rows.Length,
            Images = Rows.Select(row => row.Image).Distinct().Count(),
            Taken = [.. Experiment.Dataset.Taken.Select(taken => new TakenClass(taken.Class, taken.Found, taken.OtherClass, taken.Small, taken.NotDrawn, taken.Taken))],
            Split = Task.Summary,
            Classes = Task.Rows.Classes,
            Baselines = reached with
            {
                ZeroShot = named,
                RandomModel = reached.RandomModel is { } model ? model with { Differences = comparisons.OfSites(model.Condition, RandomModelResult.Untrained, untrained) } : null,
            },
            Conditions = conditions,
            Trainer = probes.IsEmpty ? null : Task.Study.Trainer.Description,
            Refit = !probes.IsEmpty && Task.Study.Refit,
            BlindAnswer = Experiment.Options.Answer is { Blind: true } && scoring is not null ? AnswerAnalysis.Of(scoring.BlindChoices, Experiment.Choices, Task.Rows).Result(Task.Rows, Task.Bootstrap) : null,
            GuessedAnswers = scoring is { Own.IsEmpty: false } ? scoring.Guessed(Task.Rows.Test) : null,
            Sweeps = new SweepAnalysis(Experiment, Store, fits.Sites) { Scoring = scoring }.Run((done, all) => progress("windows", done, all), cancellation),
            Comparisons = [.. comparisons.WithFirst(Conditions)],
            Additions = [.. comparisons.Additions(Experiment.Options.Conditions)],
            Confusions = [.. conditions.Where(condition => condition.Value.BestProbe is not null).Select(condition => Confusion(condition.Key, Best(condition.Value, probes[condition.Key])))],
            Samples = samples.Show(answers, scoring?.Written),
            SampleMaps = SampleMapping.Of(Experiment, probes.GetValueOrDefault(Conditions[0]), samples.Chosen.Select(row => Rows[row])),
            Dropped = Experiment.Rows.Dropped,
            Remarks = [.. Task.Remarks, .. new[] { Store, RandomModel }.OfType<FeatureStore>().SelectMany(store => store.Manifest.BatchSizes ?? []).Where(note => !note.IsChosen).Select(note => note.Reason), .. OddRows],
            NumericTargets = numbers,
            LabelSets = labelSets,
            SavedProbes = RunProbes.Write(Experiment, provenance.ModelHash, probes),
            Regions = Experiment.Rows.Regions,
            Provenance = provenance,
        };
        return probes.IsEmpty ? results : new GeometryAnalysis(Experiment, Store, fits.Sites, probes).AddTo(results, progress, cancellation);
    }

    private ConditionResults ResultsOf(ConditionOptions condition, Comparisons comparisons) => new()
    {
        Blocks = [.. condition.Blocks.Select(block => $"{block}")],
        Changes = [.. condition.Replacing.Select(Means.Describe).Distinct(), .. condition.Patches.Select(patch => $"{patch}"), .. condition.Erasures.Select(Erasers.Describe)],
        RemainingPaths = [.. ConditionPaths.Of(Experiment, condition).Select(way => new RemainingPath(TowerText.Write(way.Path.Tower), $"{way.Path.From}", $"{way.Path.To}", way.Way))],
        Answer = comparisons.Answers.GetValueOrDefault(condition.Name)?.Result(Task.Rows, Task.Bootstrap, Questions, [.. Rows.Select(row => row.Asked)]),
        Probes = [.. comparisons.Probes.GetValueOrDefault(condition.Name, []).Select(outcome => outcome.Result)],
        Steps = comparisons.Steps(condition.Name),
        Lens = Experiment.Options.Lens is null ? [] : LensAnalysis.Of(Store, condition.Name),
    };

    private string[] OddRows => NotFinite.IsEmpty
        ? []
        : [FormattableString.Invariant($"States of {NotFinite.Length} of {Rows.Length} rows are not finite and were kept as they are (capture.notFinite), the first: {NotFinite[0]}.")];

    // Every condition has its best probe, or none has one.
    private ImmutableArray<RowAgreement> Agreements(OrderedDictionary<string, ConditionResults> conditions, Comparisons comparisons) =>
    [
        .. from condition in conditions
           where condition.Value.BestProbe is not null && comparisons.Answers.ContainsKey(condition.Key)
           let probe = Best(condition.Value, comparisons.Probes[condition.Key])
           select new RowAgreement(condition.Key, probe.Result.Site, comparisons.TestHits(probe), comparisons.Answers[condition.Key].TestHits(Task.Rows), Task.Bootstrap),
    ];

    private ImmutableArray<string> Questions => [.. (Experiment.Options.Answer?.Questions ?? []).Select(question => Redaction.Of($"{question}"))];

    // Without the picture the model is asked once, for the floor of its answers and for what they are calibrated by.
    private AnswerScoring? Scoring(CancellationToken cancellation) => Experiment is not { Options.Answer: { } answer, Scored: { } scored } ? null : new AnswerScoring(
        answer.Score,
        Experiment.Choices.Length,
        answer.Blind || answer.Score == AnswerScore.Calibrated ? BlindAnswers.LogLikelihoods(Experiment.Model, scored, [.. Rows.Select(row => row.Prompt)], cancellation) : [])
    {
        Own = Experiment.OwnChoices,
        Written = answer.Generate > 0 ? new WrittenAnswers(Experiment.Model, answer.Generate, Experiment.Choices) : null,
    };

    private Confusion Confusion(string condition, ProbeOutcome best)
    {
        int[] labels = [.. Task.Rows.Test.Select(row => Task.Rows.Labels[row])];
        return new Confusion(condition, best.Result.Site, ClassificationMetrics.Confusion(labels, best.TestPredictions, Task.Rows.Classes.Length));
    }

    private static ProbeOutcome Best(ConditionResults condition, ImmutableArray<ProbeOutcome> outcomes) => outcomes.Single(outcome => outcome.Result.Site == condition.BestProbe!.Site);
}
