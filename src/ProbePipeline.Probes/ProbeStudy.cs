using System.Collections.Immutable;
using ProbePipeline.Probes.Protocols;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes;

/// <summary>
/// Linear probes of one task at many sites. At every site columns are standardised on the training rows, one softmax regression is fitted for every
/// penalty, the one with the best validation accuracy is kept (of equals the one with the larger penalty), and it alone is reported on test rows. Of
/// several folds each does this by itself, and the figures are over all rows' predictions by the fold that tests them.
/// </summary>
public sealed record ProbeStudy
{
    /// <summary>What is predicted.</summary>
    public required LabeledRows Rows { get; init; }

    /// <summary>The penalties on the mean loss.</summary>
    public required ImmutableArray<double> L2 { get; init; }

    /// <summary>What fits the probes.</summary>
    public IProbeTrainer Trainer { get; init; } = new LbfgsTrainer();

    /// <summary>Control tasks, one a seed: for every row its label; none: none is trained.</summary>
    public ImmutableArray<ImmutableArray<int>> ControlTasks { get; init; } = [];

    /// <summary>Whether the probe that validation rows chose is fitted again on training and validation rows together before it is tested.</summary>
    public bool Refit { get; init; }

    /// <summary>The task under further splits, to tell what is one split's luck; none: it is split once.</summary>
    public ImmutableArray<LabeledRows> Repeats { get; init; } = [];

    /// <summary>Which training sizes are compared; null: none. Its probes are never fitted again on validation rows.</summary>
    public LearningCurve? LearningCurve { get; init; }

    /// <summary>How labels are told block by block; null: they are not.</summary>
    public OnlineCode? CodeLength { get; init; }

    /// <summary>Intervals over the test rows, in the order of <see cref="LabeledRows.Test"/>.</summary>
    public required ClusterBootstrap Bootstrap { get; init; }

    /// <summary>The same on the first fold alone, for what is one probe's and not an accuracy over all rows.</summary>
    public ProbeStudy FirstFold => Rows.Folds.Length == 1 ? this : this with
    {
        Rows = new LabeledRows(Rows.Classes, Rows.Labels, Rows.Images, Rows.Split),
        Bootstrap = Bootstrap.Over([.. Rows.Split.Test.Select(row => Rows.Images[row])]),
    };

    /// <summary>The same without all that is measured beside the task's accuracy.</summary>
    public ProbeStudy AccuracyAlone => this with { ControlTasks = [], Repeats = [], LearningCurve = null, CodeLength = null };

    /// <summary>Number of fits at a site, those on parts of the training rows included; a probe that is fitted again counts at most twice, once for each choice.</summary>
    public long FitsPerSite
    {
        get
        {
            var tasks = 1 + ControlTasks.Length;
            var sweep = (long)Rows.Folds.Length * L2.Length;
            return (sweep * (tasks + (LearningCurve?.Shares.Count(share => share < 1 || Refit) ?? 0)))
                + (Refit ? 2L * Rows.Folds.Length * tasks : 0)
                + Repeats.Sum(rows => (long)rows.Folds.Length * (L2.Length + (Refit ? 2 : 0)))
                + ((long)(CodeLength?.Fits(Rows) ?? 0) * tasks);
        }
    }

    /// <summary>The probe at one site. The same features give the same outcome, whatever runs beside it.</summary>
    /// <param name="site">Where the features were read.</param>
    /// <param name="features">A vector a row.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="ProbeException">There is not a vector, control label or interval for every row, or no penalty.</exception>
    public ProbeOutcome Run(ProbeSite site, FeatureMatrix features, CancellationToken cancellation = default)
    {
        Check(site, features);
        var measured = new SiteMeasures(this, features, cancellation);
        var fits = new FoldFits(this, features, cancellation).Of(Rows.Folds, [Rows.Labels, .. ControlTasks], Refit);
        var (probe, controls) = (fits[0], fits[1..]);
        var controlAccuracy = controls.IsEmpty ? (double?)null : controls.Average(control => control.TestAccuracy);
        var truth = Rows.Test.Select(row => Rows.Labels[row]).ToArray();
        var (low, high) = measured.Interval(probe);
        var (wilsonLow, wilsonHigh) = WilsonInterval.Of(truth.Zip(probe.Predictions).Count(row => row.First == row.Second), truth.Length);
        return new ProbeOutcome(
            new ProbeResult
            {
                Site = site.Site,
                Tower = site.Tower,
                Layer = site.Layer,
                OnPath = site.OnPath,
                L2 = probe.L2,
                ValidationAccuracy = probe.ValidationAccuracy,
                TestAccuracy = probe.TestAccuracy,
                Low = low,
                High = high,
                WilsonLow = wilsonLow,
                WilsonHigh = wilsonHigh,
                ControlAccuracy = controlAccuracy,
                ControlDeviation = controls.Length > 1 ? Spread.Deviation([.. controls.Select(control => control.TestAccuracy)]) : null,
                Selectivity = probe.TestAccuracy - controlAccuracy,
                Majority = Rows.MajorityAccuracy,
                MacroF1 = ClassificationMetrics.MacroF1(truth, probe.Predictions),
                LogLoss = ClassificationMetrics.LogLoss(truth, probe.Probabilities),
                BalancedAccuracy = ClassificationMetrics.BalancedAccuracy(truth, probe.Predictions),
                CalibrationError = ProbabilityMetrics.CalibrationError(truth, probe.Probabilities),
                Brier = ProbabilityMetrics.Brier(truth, probe.Probabilities),
                AreaUnderRoc = ProbabilityMetrics.AreaUnderRoc(truth, probe.Probabilities),
                Sweep = probe.Sweep,
                Folds = Rows.Folds.Length == 1 ? [] : [.. probe.Folds.Select(fold => new FoldResult(fold.Best.L2, fold.Best.ValidationAccuracy, fold.Best.TestAccuracy))],
                Repeats = measured.Repeats(probe),
                LearningCurve = measured.LearningCurve(probe),
                CodeLength = measured.CodeLength(fits),
                Information = measured.Information(probe),
                Remarks = measured.Remarks,
            },
            [.. probe.Folds.Select(fold => new LinearProbe(Rows.Classes, fold.Best.Standardization, fold.Best.Weights, fold.Best.L2))],
            probe.Predictions,
            probe.Probabilities);
    }

    private void Check(ProbeSite site, FeatureMatrix features)
    {
        if (features.Rows != Rows.Labels.Length)
        {
            throw new ProbeException($"{site.Site}: expected a vector for each of {Rows.Labels.Length} rows; found {features.Rows}");
        }

        if (ControlTasks.FirstOrDefault(labels => labels.Length != features.Rows) is { IsDefault: false } control)
        {
            throw new ProbeException($"{site.Site}: expected a control label for each of {features.Rows} rows; found {control.Length}");
        }

        if (L2.IsDefaultOrEmpty)
        {
            throw new ProbeException($"{site.Site}: expected at least one penalty to fit with; found none");
        }
    }
}
