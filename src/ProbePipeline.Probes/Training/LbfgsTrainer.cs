using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training;

/// <summary>ML.NET's L-BFGS, one problem after another on one thread; its last digits come from Newton steps in double precision.</summary>
public sealed class LbfgsTrainer : IProbeTrainer
{
    /// <inheritdoc/>
    public string Description => "ML.NET L-BFGS, refined by Newton steps";

    /// <inheritdoc/>
    public ImmutableArray<ImmutableArray<LinearWeights>> Fit(ImmutableArray<TrainingSet> sets, CancellationToken cancellation)
    {
        var fitted = ImmutableArray.CreateBuilder<ImmutableArray<LinearWeights>>(sets.Length);
        foreach (var set in sets)
        {
            var features = set.Features.ToArray();
            var weights = ImmutableArray.CreateBuilder<LinearWeights>(set.Problems.Length);
            foreach (var problem in set.Problems)
            {
                cancellation.ThrowIfCancellationRequested();
                weights.Add(SoftmaxTrainer.Fit(features, [.. problem.Labels], problem.ClassCount, problem.L2));
            }

            fitted.Add(weights.MoveToImmutable());
        }

        return fitted.MoveToImmutable();
    }
}
