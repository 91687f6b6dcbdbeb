using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training;

/// <summary>
/// Fits linear probes. Every trainer minimises the objective of <see cref="ProbeProblem"/>, which has one minimum, so that trainers differ in time and in
/// the last digits alone. Two classes have one weight vector (a sigmoid), as in scikit-learn.
/// </summary>
public interface IProbeTrainer
{
    /// <summary>The trainer as a report names it.</summary>
    string Description { get; }

    /// <summary>Fits all problems of all sets. The same problems give the same weights, to the bit, at any number of threads.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <returns>For every set the weights of every problem.</returns>
    ImmutableArray<ImmutableArray<LinearWeights>> Fit(ImmutableArray<TrainingSet> sets, CancellationToken cancellation);
}
