using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>An experiment file that cannot be used, with everything that is wrong in it.</summary>
public sealed class ExperimentFileException : Exception
{
    private const int ShownProblems = 50;

    /// <summary>All problems of a file; the message has one line for each.</summary>
    public ExperimentFileException(ImmutableArray<ExperimentFileProblem> problems)
        : base(string.Join('\n', problems.Take(ShownProblems).Select(problem => $"{problem}")
            .Concat(problems.Length > ShownProblems ? [$"... and {problems.Length - ShownProblems} more"] : [])))
    {
        Problems = problems;
    }

    /// <summary>Everything that is wrong: in the order of the file, then of the overrides.</summary>
    public ImmutableArray<ExperimentFileProblem> Problems { get; } = [];
}
