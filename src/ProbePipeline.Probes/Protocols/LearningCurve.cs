using System.Collections.Immutable;
using ProbePipeline.Probes.Splits;

namespace ProbePipeline.Probes.Protocols;

/// <summary>
/// Probes on growing shares of the training pictures: each holds the pictures of the smaller ones. Penalties are chosen on the same validation rows and
/// figures come from the same test rows at every point, so that points differ in training alone.
/// </summary>
/// <param name="Shares">Shares of the training pictures, ascending, above 0 and 1 at most.</param>
/// <param name="Seed">Of the order in which pictures join.</param>
public sealed record LearningCurve(ImmutableArray<double> Shares, long Seed)
{
    /// <summary>The splits with a share of their training pictures: rounded, one at least.</summary>
    /// <param name="rows">The task.</param>
    /// <param name="share">Which share.</param>
    internal ImmutableArray<RowSplit> Splits(LabeledRows rows, double share) =>
    [
        .. rows.Folds.Select(fold =>
        {
            int[] pictures = [.. fold.Train.Select(row => rows.Images[row]).Distinct().Order()];
            new RandomStream(Seed, "learning curve").Shuffle(pictures);
            return fold.TrainedOn(pictures.Take(Math.Max(1, (int)Math.Round(share * pictures.Length))).ToHashSet());
        }),
    ];
}
