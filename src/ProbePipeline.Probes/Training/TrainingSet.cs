using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training;

/// <summary>Problems that share their features: every penalty and task of one site and fold.</summary>
public sealed record TrainingSet
{
    /// <param name="features">[rows, width], row-major, standardised on these rows; not copied.</param>
    /// <param name="rows">Number of rows, at least one.</param>
    /// <param name="problems">What is fitted on them.</param>
    /// <exception cref="ProbeException">A problem has not a label for every row, a label that is no class, or no positive penalty.</exception>
    public TrainingSet(ReadOnlyMemory<float> features, int rows, ImmutableArray<ProbeProblem> problems)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        (Features, Rows, Width, Problems) = (features, rows, features.Length / rows, problems);
        foreach (var problem in problems)
        {
            if (problem.Labels.Length != rows)
            {
                throw new ProbeException($"expected a label for each of {rows} training rows; found {problem.Labels.Length}");
            }

            if (problem.Labels.Any(label => label < 0 || label >= problem.ClassCount))
            {
                throw new ProbeException($"expected labels from 0 to {problem.ClassCount - 1}; found {problem.Labels.First(label => label < 0 || label >= problem.ClassCount)}");
            }

            if (!double.IsFinite(problem.L2) || problem.L2 <= 0)
            {
                throw new ProbeException(FormattableString.Invariant($"expected a positive penalty; found {problem.L2}"));
            }
        }
    }

    /// <summary>[rows, width], row-major.</summary>
    public ReadOnlyMemory<float> Features { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Numbers a row.</summary>
    public int Width { get; }

    /// <summary>What is fitted on the rows.</summary>
    public ImmutableArray<ProbeProblem> Problems { get; }
}
