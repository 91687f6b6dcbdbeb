using System.Collections.Immutable;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Erasure;

/// <summary>
/// Whether a probe reads what it claims: the target is erased from a site's states, and a new probe is trained on what is left. It must be at chance, since
/// LEACE leaves a linear probe nothing; another field should be as readable as before.
/// </summary>
public sealed record ErasureCheck
{
    // Between the probabilities of two rows. Weights that ought to be zero leave some 1e-6, what reads anything more than 1e-2.
    private const double SmallestSpread = 1e-4;

    /// <summary>The study whose target is erased.</summary>
    public required ProbeStudy Study { get; init; }

    /// <summary>Another field of the same rows, with its labels; null: none is looked at.</summary>
    public (string Field, LabeledRows Rows)? Other { get; init; }

    /// <summary>Erases at one site and reads again.</summary>
    /// <param name="condition">The condition, for the result.</param>
    /// <param name="before">The probe of the site before.</param>
    /// <param name="features">The vectors that it was trained on.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="ProbeException">The features are not those of the study's rows.</exception>
    public ErasureResult Run(string condition, ProbeOutcome before, FeatureMatrix features, CancellationToken cancellation = default)
    {
        var rows = Study.Rows;
        ImmutableArray<FoldHits> folds = [.. rows.Folds.Select((split, place) => OfFold(split, before.Probes[place], features, cancellation))];
        double[] InRowOrder(Func<FoldHits, double[]> hits) => [.. rows.OutOfFold((_, place) => hits(folds[place]))];
        var after = InRowOrder(fold => fold.After);
        var (low, high) = Study.Bootstrap.Interval(after);
        return new ErasureResult
        {
            Condition = condition,
            Site = before.Result.Site,
            Rank = folds.Max(fold => fold.Rank),
            Before = before.Result.TestAccuracy,
            SameProbe = InRowOrder(fold => fold.SameProbe).Average(),
            After = after.Average(),
            Low = low,
            High = high,
            Majority = rows.MajorityAccuracy,
            Other = Other is { } other ? OfOther(other.Field, other.Rows, InRowOrder(fold => fold.OtherBefore), InRowOrder(fold => fold.OtherAfter)) : null,
        };
    }

    // Erased on the fold's training rows, read on the rows that it tests.
    private FoldHits OfFold(RowSplit split, LinearProbe probe, FeatureMatrix features, CancellationToken cancellation)
    {
        var rows = Study.Rows;
        var eraser = Leace.Fit(features, split.Train, rows.Labels, rows.Classes.Length);
        var erased = eraser.Apply(features);
        var original = new StandardizedSplit(features, split);
        // In the units from before: what rounding left of a column must not be blown up to deviation 1 and read.
        var rest = new StandardizedSplit(erased, split, original.Standardization);
        return new(
            eraser.Rank,
            rows.Hits(split.Test, probe.Predict(erased, split.Test)),
            TestHits(rows, rest, cancellation),
            Other is null ? [] : TestHits(Other.Value.Rows, original, cancellation),
            Other is null ? [] : TestHits(Other.Value.Rows, rest, cancellation));
    }

    private ErasureResult.OtherField OfOther(string field, LabeledRows rows, double[] before, double[] after)
    {
        var (low, high) = Study.Bootstrap.Interval([.. after.Zip(before, (one, other) => one - other)]);
        return new ErasureResult.OtherField(field, before.Average(), after.Average(), low, high, rows.MajorityAccuracy);
    }

    private double[] TestHits(LabeledRows rows, StandardizedSplit data, CancellationToken cancellation)
    {
        var best = PenaltySweep.Run([data], [rows.Labels], rows.Classes.Length, Study.L2, Study.Trainer, cancellation)[0][0].Best;
        var spread = Enumerable.Range(0, rows.Classes.Length).Max(index => best.TestProbabilities.Max(row => row[index]) - best.TestProbabilities.Min(row => row[index]));
        // A probe that gives all rows the same probabilities has read nothing. Which of classes that are as frequent it names, rounding decides, and the
        // millionth of a millionth that rounding leaves of the target would be enough to name the right one.
        return rows.Hits(data.Split.Test, spread > SmallestSpread ? best.TestPredictions : [.. best.TestPredictions.Select(_ => rows.MajorityOf(data.Split))]);
    }

    // A number for each row that the fold tests: whether it was read rightly.
    private sealed record FoldHits(int Rank, double[] SameProbe, double[] After, double[] OtherBefore, double[] OtherAfter);
}
