using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;

namespace ProbePipeline.Probes.Protocols;

/// <summary>What is said about a site beside its probe: under other splits, on fewer pictures, in bits.</summary>
/// <param name="Study">The task, and which of these are asked for.</param>
/// <param name="Features">A vector a row.</param>
/// <param name="Cancellation">Stops between fits.</param>
internal sealed record SiteMeasures(ProbeStudy Study, FeatureMatrix Features, CancellationToken Cancellation)
{
    private LabeledRows Rows => Study.Rows;

    /// <summary>What a reader must know about the probe.</summary>
    public ImmutableArray<string> Remarks => Rows.Folds.Count(IsConstant) switch
    {
        0 => [],
        var constant when constant == Rows.Folds.Length => ["All training rows have the same vector: the probe can only say the class that is most frequent in training."],
        var constant => [FormattableString.Invariant($"In {constant} of {Rows.Folds.Length} folds all training rows have the same vector: there the probe can only say the class that is most frequent in training.")],
    };

    /// <summary>The interval of a probe's test accuracy.</summary>
    public (double Low, double High) Interval(OutOfFold probe) =>
        Study.Bootstrap.Interval(Rows.Hits(Rows.Test, probe.Predictions));

    public RepeatedSplits? Repeats(OutOfFold first)
    {
        if (Study.Repeats.IsEmpty)
        {
            return null;
        }

        ImmutableArray<OutOfFold> all = [first, .. Study.Repeats.Select(rows => Fit(rows.Folds, Study.Refit))];
        double[] validation = [.. all.Select(probe => probe.ValidationAccuracy)];
        double[] test = [.. all.Select(probe => probe.TestAccuracy)];
        return new RepeatedSplits(validation.Average(), Spread.Deviation(validation), test.Average(), Spread.Deviation(test), [.. test]);
    }

    public ImmutableArray<LearningCurvePoint> LearningCurve(OutOfFold whole) => Study.LearningCurve is not { } curve ? [] :
    [
        .. curve.Shares.Select(share =>
        {
            var splits = curve.Splits(Rows, share);
            // On all pictures the probe is fitted already, unless validation rows have joined them.
            var probe = share == 1 && !Study.Refit ? whole : Fit(splits, refit: false);
            var (low, high) = Interval(probe);
            return new LearningCurvePoint(share, splits.Average(split => split.Summary.Train.Images), probe.L2, probe.ValidationAccuracy, probe.TestAccuracy, low, high);
        }),
    ];

    public CodeLength? CodeLength(ImmutableArray<OutOfFold> tasks)
    {
        if (Study.CodeLength is not { } code)
        {
            return null;
        }

        var labels = (ImmutableArray<ImmutableArray<int>>)[Rows.Labels, .. Study.ControlTasks];
        var (cuts, bits) = code.Lengths(Features, Rows, [.. labels.Zip(tasks, (task, probe) => (task, probe.Folds[0].Best.L2))], Study.Trainer, Cancellation);
        var uniform = cuts[^1] * Math.Log2(Rows.Classes.Length);
        var length = bits[0].Sum();
        var control = bits.Length > 1 ? bits.Skip(1).Average(blocks => blocks.Sum()) : (double?)null;
        return new CodeLength
        {
            Bits = length,
            UniformBits = uniform,
            Compression = uniform / length,
            Cuts = cuts,
            BlockBits = bits[0],
            ControlBits = control,
            ControlCompression = uniform / control,
        };
    }

    public UsableInformation Information(OutOfFold probe)
    {
        double[] entropies = [.. Rows.OutOfFold((fold, _) => ByFrequency(fold))];
        double[] conditional = [.. Rows.Test.Zip(probe.LikeliestProbabilities, (row, probabilities) => -Math.Log2(probabilities[Rows.Labels[row]]))];
        double[] gained = [.. entropies.Zip(conditional, (without, with) => without - with)];
        var (low, high) = gained.All(double.IsFinite) ? Study.Bootstrap.Interval(gained) : ((double?)null, (double?)null);
        return new UsableInformation(entropies.Average(), conditional.Average(), gained.Average(), low, high);
    }

    // Bits of every test row's label by the class frequencies of training; no class is missing there.
    private IEnumerable<double> ByFrequency(RowSplit fold)
    {
        var counts = fold.Train.CountBy(row => Rows.Labels[row]).ToDictionary();
        return fold.Test.Select(row => -Math.Log2((double)counts[Rows.Labels[row]] / fold.Train.Length));
    }

    private OutOfFold Fit(ImmutableArray<RowSplit> splits, bool refit) => new FoldFits(Study, Features, Cancellation).Of(splits, [Rows.Labels], refit)[0];

    private bool IsConstant(RowSplit fold) => fold.Train.All(row => Features[row].SequenceEqual(Features[fold.Train[0]]));
}
