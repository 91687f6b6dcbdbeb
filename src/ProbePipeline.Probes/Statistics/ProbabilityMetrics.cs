namespace ProbePipeline.Probes.Statistics;

/// <summary>How good probabilities are.</summary>
internal static class ProbabilityMetrics
{
    private const int Bins = 10;

    /// <summary>
    /// Expected calibration error of the likeliest class (Guo et al. 2017, arXiv 1706.04599) in ten bins of equal width: the mean distance, rows weighted alike,
    /// between how sure and how often right the rows of a bin are. A confidence on an edge belongs to the upper bin.
    /// </summary>
    /// <param name="labels">Index of every row's class.</param>
    /// <param name="probabilities">For every row the probability of every class.</param>
    public static double CalibrationError(IReadOnlyList<int> labels, IReadOnlyList<double[]> probabilities)
    {
        var (confidence, hits) = (new double[Bins], new double[Bins]);
        for (var row = 0; row < labels.Count; row++)
        {
            var most = probabilities[row].Max();
            var bin = Math.Min(Bins - 1, (int)(most * Bins));
            confidence[bin] += most;
            hits[bin] += Array.IndexOf(probabilities[row], most) == labels[row] ? 1 : 0;
        }

        return confidence.Zip(hits, (sure, right) => Math.Abs(sure - right)).Sum() / labels.Count;
    }

    /// <summary>
    /// Brier score: the mean over rows of the squared distance between the probabilities and the label; of two classes half of it, as scikit-learn's
    /// <c>brier_score_loss</c> has it (1.9.1).
    /// </summary>
    /// <inheritdoc cref="CalibrationError"/>
    public static double Brier(IReadOnlyList<int> labels, IReadOnlyList<double[]> probabilities) => labels
        .Select((label, row) => probabilities[row].Select((probability, index) => Math.Pow(probability - (index == label ? 1 : 0), 2)).Sum() / (probabilities[row].Length == 2 ? 2 : 1))
        .Average();

    /// <summary>
    /// Area under the ROC curve: of two classes by the second's probability, of more the unweighted mean over classes of each against the rest, as scikit-learn's
    /// <c>roc_auc_score(multi_class="ovr", average="macro")</c> has it (1.9.1); null where a class is missing among the labels, or all rows have it.
    /// </summary>
    /// <inheritdoc cref="CalibrationError"/>
    public static double? AreaUnderRoc(IReadOnlyList<int> labels, IReadOnlyList<double[]> probabilities)
    {
        var classes = probabilities[0].Length;
        var areas = Enumerable.Range(classes == 2 ? 1 : 0, classes == 2 ? 1 : classes)
            .Select(index => Ranking.AreaUnderRoc([.. probabilities.Select(row => row[index])], [.. labels.Select(label => label == index)]));
        return areas.Average() is var area && double.IsFinite(area) ? area : null;
    }
}
