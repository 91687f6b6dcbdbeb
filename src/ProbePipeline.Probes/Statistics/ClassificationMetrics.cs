using System.Collections.Immutable;

namespace ProbePipeline.Probes.Statistics;

/// <summary>How well predictions fit labels.</summary>
public static class ClassificationMetrics
{
    /// <summary>Share of right predictions.</summary>
    internal static double Accuracy(IReadOnlyCollection<int> labels, IReadOnlyCollection<int> predictions) =>
        labels.Zip(predictions, (label, prediction) => label == prediction ? 1.0 : 0).Average();

    /// <summary>
    /// Unweighted mean over classes of 2 x hits / (labels + predictions); a class that is neither in the labels nor predicted is left out, as
    /// scikit-learn's <c>f1_score(average="macro")</c> does (1.9.1).
    /// </summary>
    internal static double MacroF1(IReadOnlyCollection<int> labels, IReadOnlyCollection<int> predictions)
    {
        var (ofLabel, ofPrediction) = (labels.CountBy(label => label).ToDictionary(), predictions.CountBy(prediction => prediction).ToDictionary());
        var hits = labels.Zip(predictions).Where(pair => pair.First == pair.Second).CountBy(pair => pair.First).ToDictionary();
        return ofLabel.Keys.Union(ofPrediction.Keys)
            .Average(index => 2.0 * hits.GetValueOrDefault(index) / (ofLabel.GetValueOrDefault(index) + ofPrediction.GetValueOrDefault(index)));
    }

    /// <summary>Unweighted mean over the classes among the labels of the share of their rows that are predicted rightly.</summary>
    internal static double BalancedAccuracy(IReadOnlyCollection<int> labels, IReadOnlyCollection<int> predictions) =>
        labels.Zip(predictions).GroupBy(row => row.First).Average(rows => rows.Average(row => row.First == row.Second ? 1.0 : 0));

    /// <summary>Mean negative log-probability of the right class, in nats; infinite where a right class has probability 0.</summary>
    /// <param name="labels">Index of every row's class.</param>
    /// <param name="probabilities">For every row the probability of every class.</param>
    internal static double LogLoss(IReadOnlyCollection<int> labels, IReadOnlyCollection<double[]> probabilities) =>
        labels.Zip(probabilities, (label, row) => -Math.Log(row[label])).Average();

    /// <summary>Rows: the label's class; columns: the predicted one.</summary>
    public static ImmutableArray<ImmutableArray<int>> Confusion(IReadOnlyCollection<int> labels, IReadOnlyCollection<int> predictions, int classCount)
    {
        var counts = new int[classCount, classCount];
        foreach (var (label, prediction) in labels.Zip(predictions))
        {
            counts[label, prediction]++;
        }

        return [.. Enumerable.Range(0, classCount).Select(row => Enumerable.Range(0, classCount).Select(column => counts[row, column]).ToImmutableArray())];
    }
}
