using System.Collections.Immutable;
using System.Numerics.Tensors;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Directions;

/// <summary>
/// Iterative nullspace projection (Ravfogel et al. 2020, arXiv 2004.07667): a probe is trained, the directions that it reads are taken away, the next one is
/// trained on what is left, until a probe is no better on validation rows than the class most frequent in training, or as many were trained as are allowed.
/// </summary>
/// <param name="Study">What is predicted, and how; of several folds <see cref="ProbeStudy.FirstFold"/>, since directions are one probe's.</param>
/// <param name="Iterations">How many probes have their directions taken away at most.</param>
public sealed record NullspaceProjection(ProbeStudy Study, int Iterations)
{
    // A weight vector's part that is new, over the longest weight vector: below it are the remainders of the others.
    private const double SmallestPart = 1e-4;

    /// <summary>The directions at one site.</summary>
    /// <param name="features">A vector a row of the study.</param>
    /// <param name="cancellation">Stops between fits.</param>
    /// <exception cref="ProbeException">There is not a vector for every row, or the study has several folds.</exception>
    public NullspaceDirections Run(FeatureMatrix features, CancellationToken cancellation = default)
    {
        if (features.Rows != Study.Rows.Labels.Length)
        {
            throw new ProbeException($"nullspace projection: expected a vector for each of {Study.Rows.Labels.Length} rows; found {features.Rows}");
        }

        if (Study.Rows.Folds.Length > 1)
        {
            throw new ProbeException($"nullspace projection: expected one split, since directions are one probe's; found {Study.Rows.Folds.Length} folds; use the study of the first");
        }

        var standardization = Standardization.Of(features, Study.Rows.Split.Train);
        var found = new NullspaceDirections(standardization, [], [], []);
        for (var iteration = 0; ; iteration++)
        {
            var rest = iteration == 0 ? features : found.Eraser.Apply(features);
            var data = new StandardizedSplit(rest, Study.Rows.Split, standardization);
            var best = PenaltySweep.Run([data], [Study.Rows.Labels], Study.Rows.Classes.Length, Study.L2, Study.Trainer, cancellation)[0][0].Best;
            found = found with { Steps = found.Steps.Add(Step(found.FoundIn.Length, best)) };
            var added = iteration == Iterations || best.ValidationAccuracy <= MajorityOnValidation ? [] : New(best.Weights, found.Directions);
            if (added.IsEmpty)
            {
                return found;
            }

            found = found with
            {
                Directions = [.. found.Directions, .. added.SelectMany(direction => direction.Select(value => (float)value))],
                FoundIn = [.. found.FoundIn, .. added.Select(_ => iteration)],
            };
        }
    }

    private double MajorityOnValidation
    {
        get
        {
            var majority = Study.Rows.Majority;
            return Study.Rows.Split.Validation.Average(row => Study.Rows.Labels[row] == majority ? 1.0 : 0);
        }
    }

    private NullspaceStep Step(int removed, FittedProbe probe)
    {
        var (low, high) = Study.Bootstrap.Interval(Study.Rows.Hits(Study.Rows.Split.Test, probe.TestPredictions));
        return new NullspaceStep(removed, probe.ValidationAccuracy, probe.TestAccuracy, low, high);
    }

    // What the weights read beside the directions that are gone.
    private static ImmutableArray<double[]> New(LinearWeights weights, ImmutableArray<float> gone) => OrthonormalBasis.Of(
        weights.Weights.Select(Exact),
        Enumerable.Range(0, gone.Length / weights.Width).Select(row => Exact(gone.Slice(row * weights.Width, weights.Width))),
        SmallestPart * weights.Weights.Max(row => TensorPrimitives.Norm<float>(row.AsSpan())));

    private static double[] Exact(ImmutableArray<float> values) => [.. values.Select(value => (double)value)];
}
