using System.Collections.Immutable;
using System.Numerics.Tensors;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Splits;
using ProbePipeline.Probes.Statistics;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Targets;

/// <summary>Reads a number from states by <see cref="RidgeRegression"/>, on the splits of a classification study: validation rows choose the penalty.</summary>
/// <param name="Study">Splits, penalties and intervals.</param>
/// <param name="Target">The numbers.</param>
public sealed record NumericStudy(ProbeStudy Study, NumericTarget Target)
{
    private LabeledRows Rows => Study.Rows;

    /// <summary>The regression at one site.</summary>
    /// <param name="condition">The condition, for the result.</param>
    /// <param name="site">The site.</param>
    /// <param name="features">A vector a row.</param>
    /// <exception cref="ProbeException">There is not a vector and a number for every row.</exception>
    public NumericTargetResult Run(string condition, ProbeSite site, FeatureMatrix features)
    {
        if (features.Rows != Rows.Labels.Length || Target.Values.Length != features.Rows)
        {
            throw new ProbeException($"{site.Site}, target {Target.Name}: expected a vector and a number for each of {Rows.Labels.Length} rows; found {features.Rows} and {Target.Values.Length}");
        }

        ImmutableArray<double> penalties = [.. Study.L2.Order()];
        ImmutableArray<FoldFit> folds = [.. Rows.Folds.Select(fold => Fit(fold, features, penalties))];
        double[] truth = Of(Rows.Test);
        double[] Predictions(Func<FoldFit, int> penalty) => [.. Rows.OutOfFold((_, place) => folds[place].Test[penalty(folds[place])])];
        var predicted = Predictions(fold => fold.Best);
        double[] squares = [.. truth.Zip(predicted, (number, guess) => (number - guess) * (number - guess))];
        var (low, high) = Study.Bootstrap.Interval(means => Explained(means[0], means[1] - (means[2] * means[2])), squares, [.. truth.Select(number => number * number)], truth);
        var spearman = Ranking.Spearman(truth, predicted);
        return new NumericTargetResult
        {
            Target = Target.Name,
            Condition = condition,
            Site = site.Site,
            L2 = PenaltySweep.MostChosen(folds.Select(fold => penalties[fold.Best])),
            ValidationR2 = folds.Average(fold => fold.Validation[fold.Best]),
            R2 = R2(truth, predicted),
            Low = low,
            High = high,
            MeanAbsoluteError = truth.Zip(predicted, (number, guess) => Math.Abs(number - guess)).Average(),
            Spearman = double.IsNaN(spearman) ? null : spearman,
            Sweep = [.. penalties.Select((_, place) => R2(truth, Predictions(_ => place)))],
        };
    }

    /// <summary>The share of the variance that predictions explain.</summary>
    internal static double R2(double[] truth, double[] predicted)
    {
        var mean = truth.Average();
        return Explained(truth.Zip(predicted, (number, guess) => (number - guess) * (number - guess)).Sum(), truth.Sum(number => (number - mean) * (number - mean)));
    }

    // Of rows that are all the same, nothing can be explained.
    private static double Explained(double error, double variance) => variance > 0 ? 1 - (error / variance) : 0;

    private FoldFit Fit(RowSplit fold, FeatureMatrix features, ImmutableArray<double> penalties)
    {
        var data = new StandardizedSplit(features, fold);
        var fitted = RidgeRegression.Fit(data.Train, Of(fold.Train), penalties);
        var truth = Of(fold.Validation);
        ImmutableArray<double> validation = [.. fitted.Select(one => R2(truth, Predict(one, data.Validation)))];
        // Penalties ascend, so of equals the larger one is taken.
        var best = Enumerable.Range(0, penalties.Length).MaxBy(place => (validation[place], place));
        return new FoldFit(best, validation, [.. fitted.Select(one => Predict(one, data.Test))]);
    }

    private double[] Of(ImmutableArray<int> rows) => [.. rows.Select(row => Target.Values[row])];

    private static double[] Predict((double[] Weights, double Bias) fitted, float[] features)
    {
        var width = fitted.Weights.Length;
        var row = new double[width];
        var predicted = new double[features.Length / width];
        for (var place = 0; place < predicted.Length; place++)
        {
            TensorPrimitives.ConvertChecked<float, double>(features.AsSpan(place * width, width), row);
            predicted[place] = TensorPrimitives.Dot<double>(row, fitted.Weights) + fitted.Bias;
        }

        return predicted;
    }

    // The place of the chosen penalty, the validation R² of every penalty, and every penalty's predictions of the fold's test rows.
    private sealed record FoldFit(int Best, ImmutableArray<double> Validation, ImmutableArray<double[]> Test);
}
