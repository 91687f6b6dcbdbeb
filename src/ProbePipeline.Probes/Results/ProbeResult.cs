using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>A linear probe at one site: its weight penalty chosen on validation rows, its accuracy reported on test rows.</summary>
public sealed record ProbeResult
{
    /// <summary>The site in its text form, such as <c>vision.resid_post.3</c>.</summary>
    public required string Site { get; init; }

    /// <summary>vision or language; the projector counts to language.</summary>
    public required string Tower { get; init; }

    /// <summary>The layer, from 0; -1 for a site that belongs to no layer.</summary>
    public required int Layer { get; init; }

    /// <summary>Whether what is read here reaches the model's answer; false for vision layers after the one that feeds the projector.</summary>
    public bool OnPath { get; init; } = true;

    /// <summary>The L2 weight that was chosen, on the mean loss; of several folds by most of them, of equals the larger.</summary>
    public required double L2 { get; init; }

    /// <summary>Share of right predictions on validation rows.</summary>
    public required double ValidationAccuracy { get; init; }

    /// <summary>Share of right predictions on test rows.</summary>
    public required double TestAccuracy { get; init; }

    /// <summary>Lower end of the 95 % interval of <see cref="TestAccuracy"/>: cluster bootstrap over pictures, percentiles. The fits are taken as given.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of the same interval.</summary>
    public required double High { get; init; }

    /// <summary>
    /// Lower end of Wilson's 95 % interval of <see cref="TestAccuracy"/>. It takes rows as independent, so with several rows a picture it is too narrow; but it
    /// keeps its width where all rows are right or none is, where resamples are all alike. Null in results of earlier versions.
    /// </summary>
    public double? WilsonLow { get; init; }

    /// <summary>Upper end of the same interval.</summary>
    public double? WilsonHigh { get; init; }

    /// <summary>Test accuracy on the control task: every type of row has one random label for good (Hewitt and Liang 2019, arXiv 1909.03368); of several seeds the mean; null where none was asked for.</summary>
    public double? ControlAccuracy { get; init; }

    /// <summary>Standard deviation of the control task's test accuracy over its seeds, n - 1 in the denominator; null where there is one or none.</summary>
    public double? ControlDeviation { get; init; }

    /// <summary><see cref="TestAccuracy"/> less <see cref="ControlAccuracy"/>.</summary>
    public double? Selectivity { get; init; }

    /// <summary>Test accuracy of the class that is most frequent in training.</summary>
    public required double Majority { get; init; }

    /// <summary>Unweighted mean over classes of the F1 score on test rows.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>Mean negative log-likelihood of the right class on test rows, in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>Unweighted mean over classes of the share of their test rows that are predicted rightly.</summary>
    public double? BalancedAccuracy { get; init; }

    /// <summary>Expected calibration error on test rows: how far confidence and accuracy lie apart, in ten bins (Guo et al. 2017, arXiv 1706.04599).</summary>
    public double? CalibrationError { get; init; }

    /// <summary>Brier score on test rows: mean squared distance of the probabilities from the label; of two classes half of it.</summary>
    public double? Brier { get; init; }

    /// <summary>Area under the ROC curve on test rows, of more than two classes the mean over classes of each against the rest; null where a class has no test row.</summary>
    public double? AreaUnderRoc { get; init; }

    /// <summary>Every penalty that was tried, ascending.</summary>
    public ImmutableArray<SweepPoint> Sweep { get; init; } = [];

    /// <summary>The probes of every fold; empty where there is one split.</summary>
    public ImmutableArray<FoldResult> Folds { get; init; } = [];

    /// <summary>Accuracies over several seeds of the split; null where there is one.</summary>
    public RepeatedSplits? Repeats { get; init; }

    /// <summary>Accuracy by training size, ascending; empty where it was not asked for.</summary>
    public ImmutableArray<LearningCurvePoint> LearningCurve { get; init; } = [];

    /// <summary>How short the training labels can be told by a probe that learns meanwhile; null where it was not asked for.</summary>
    public CodeLength? CodeLength { get; init; }

    /// <summary>The bits about the label that a linear probe can use.</summary>
    public UsableInformation? Information { get; init; }

    /// <summary>What the figures cannot say by themselves, such as that there was nothing to fit on: sentences.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];
}
