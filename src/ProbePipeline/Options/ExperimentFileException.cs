using System.Collections.Immutable;

namespace ProbePipeline.Options;

/// <summary>An experiment file that cannot be used, with everything that is wrong in it.</summary>
public sealed class ExperimentFileException : Exception
{
    private const int ShownProblems = 50;

    /// <summary>An error without a problem.</summary>
    public ExperimentFileException()
    {
    }

    /// <summary>An error that says what was expected, what was found, and what to do.</summary>
    public ExperimentFileException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its cause.</summary>
    public ExperimentFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

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
