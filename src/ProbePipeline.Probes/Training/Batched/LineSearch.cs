using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>
/// How far to go along a direction. Scores are linear in weights, so that one product with the rows gives them at every length, and lengths are tried without any more.
/// </summary>
/// <param name="Objective">The problems' objectives.</param>
internal sealed record LineSearch(SoftmaxObjective Objective)
{
    private const int MostTrials = 50;

    // What an objective may rise by rounding, as a share of it and of 1.
    private double Rounding => Objective.Precision == ScalarType.Float64 ? 1e-14 : 1e-7;

    /// <summary>Where the problems come to, and the lengths of their ways; 0 for one whose direction leads uphill, or on whose way rounding hides every descent.</summary>
    /// <param name="from">The point.</param>
    /// <param name="directions">[A, K, D]</param>
    public (Point Reached, double[] Lengths) Along(Point from, Tensor directions)
    {
        // The scores are those of the rounded direction, and so must the weights be.
        var rounded = directions.to(Objective.Precision).to(ScalarType.Float64);
        return Along(from, rounded, Objective.Scores(rounded));
    }

    /// <inheritdoc cref="Along(Point, Tensor)"/>
    /// <param name="from">The point.</param>
    /// <param name="directions">[A, K, D]</param>
    /// <param name="scores">The directions' scores, [A, K, n] a chunk.</param>
    public (Point Reached, double[] Lengths) Along(Point from, Tensor directions, Tensor[] scores)
    {
        // The penalty at length t is (constant + 2 linear t + square t²) / 2.
        var penalties = Objective.Penalties(from.Problems).unsqueeze(1);
        var penalized = from.Weights.mul(penalties);
        var (constant, linear, square) = (Dots(penalized, from.Weights), Dots(penalized, directions), Dots(directions.mul(penalties), directions));
        StepLength[] lengths = [.. Dots(from.Gradient, directions).Select(slope => new StepLength(slope))];
        for (var count = 0; ; count++)
        {
            using var scope = NewDisposeScope();
            double[] values = [.. lengths.Select(length => length.Value)];
            var trial = Objective.Trial(from.Problems, from.Scores, scores, values);
            var found = true;
            foreach (var (place, length) in lengths.Index())
            {
                var reached = trial.Losses[place] + ((constant[place] + (length.Value * ((2 * linear[place]) + (length.Value * square[place])))) / 2);
                var isHigher = !(reached <= from.Objective[place] + (Rounding * (1 + Math.Abs(from.Objective[place]))));
                found &= length.Found(trial.Slopes[place] + linear[place] + (length.Value * square[place]), isHigher, isLast: count == MostTrials);
            }

            if (found)
            {
                var weights = from.Weights.clone().AddProductInPlace(directions, tensor(values, device: directions.device).view(-1, 1, 1), 1);
                return (Objective.At(from.Problems, weights, trial).MovedToOuterScope(), values);
            }
        }
    }

    private static double[] Dots(Tensor one, Tensor other) => SoftmaxObjective.Host(one.mul(other).sum([1, 2]));
}
