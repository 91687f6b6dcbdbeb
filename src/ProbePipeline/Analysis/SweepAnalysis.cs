using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Analysis;

/// <summary>The windows of layer sweeps against the first condition: answers, and a probe at the last site on the path to the answer.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Store">Its features, complete.</param>
/// <param name="Sites">Where states were read.</param>
internal sealed record SweepAnalysis(PreparedExperiment Experiment, FeatureStore Store, ImmutableArray<ProbeSite> Sites)
{
    /// <summary>Which choice counts as the answer; null where nothing is asked.</summary>
    public required AnswerScoring? Scoring { get; init; }

    private ProbeTask Task => Experiment.Task;

    private string Against => Experiment.Options.Conditions[0].Name;

    // Where no site is on the path, the last one of all.
    private ProbeSite? Site => Experiment.Options.Probe is null ? null : Sites.LastOrDefault(site => site.OnPath) ?? Sites[^1];

    /// <param name="progress">Is told how many probes are done, of how many.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public ImmutableArray<LayerSweepResult> Run(Action<int, int> progress, CancellationToken cancellation)
    {
        ImmutableArray<string> conditions = [Against, .. Experiment.Sweeps.SelectMany(sweep => sweep.Windows).Select(window => window.Condition.Name)];
        if (conditions.Length == 1)
        {
            return [];
        }

        var answers = Scoring is null ? [] : conditions.ToDictionary(condition => condition, condition => AnswerAnalysis.Of(Store, condition, Scoring, Experiment.Choices, Task.Rows));
        var probes = Site is { } site
            ? new SiteProbes(Task.Study.AccuracyAlone, Store, [site]) { Conditions = conditions, Log = Experiment.Log }.Run(progress, cancellation)
            : ImmutableDictionary<string, ImmutableArray<ProbeOutcome>>.Empty;
        Comparison[] differences = [.. new Comparisons(Task.Rows, Task.Differences, probes, answers).WithFirst(conditions)];
        // A sweep's windows are one family of tests.
        Dictionary<string, Comparison> OfWindows(LayerSweep sweep, Func<Comparison, bool> kind)
        {
            Comparison[] own = [.. differences.Where(difference => kind(difference) && sweep.Windows.Any(window => window.Condition.Name == difference.Condition))];
            return own.Zip(PairedDifferences.Adjusted([.. own.Select(difference => difference.Tests!)]), (difference, tests) => difference with { Tests = tests })
                .ToDictionary(difference => difference.Condition);
        }

        return
        [
            .. Experiment.Sweeps.Select(sweep =>
            {
                var (ofAnswers, ofProbes) = (OfWindows(sweep, difference => difference.Site is null), OfWindows(sweep, difference => difference.Site is not null));
                return new LayerSweepResult
                {
                    Name = sweep.Options.Name,
                    Tower = TowerText.Write(sweep.Options.Block.Tower),
                    Block = $"{sweep.Options.Block}".Replace(", layers all", "", StringComparison.Ordinal),
                    Against = Against,
                    Site = Site?.Site,
                    Windows =
                    [
                        .. sweep.Windows.Select(window => new LayerWindowResult
                        {
                            Condition = window.Condition.Name,
                            First = window.First,
                            Last = window.Last,
                            Answer = answers.GetValueOrDefault(window.Condition.Name)?.Result(Task.Rows, Task.Bootstrap),
                            AnswerDifference = ofAnswers.GetValueOrDefault(window.Condition.Name),
                            Probe = probes.GetValueOrDefault(window.Condition.Name, []).SingleOrDefault()?.Result,
                            ProbeDifference = ofProbes.GetValueOrDefault(window.Condition.Name),
                        }),
                    ],
                };
            }),
        ];
    }
}
