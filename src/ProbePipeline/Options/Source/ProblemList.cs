using System.Collections.Immutable;

namespace ProbePipeline.Options.Source;

/// <summary>Collects what is wrong, so that all of it is said at once.</summary>
internal sealed class ProblemList
{
    private readonly List<ExperimentFileProblem> _problems = [];
    private readonly HashSet<Origin> _refused = [];

    public int Count => _problems.Count;

    /// <summary>Adds a problem, unless the value at that place of a file is known to be unusable already.</summary>
    public void Add(Origin origin, string key, string message)
    {
        // A value that is refused is shown, and may be an address with a password.
        message = Redaction.Of(message);
        if (origin.Line == 0)
        {
            _problems.Add(new ExperimentFileProblem(Redaction.Of(origin.Source), null, null, key, message));
        }
        else if (!_refused.Contains(origin))
        {
            _problems.Add(new ExperimentFileProblem(origin.Source, origin.Line, origin.Column, key, message));
        }
    }

    /// <summary>Adds a problem after which nothing more is to be said about the value at that place.</summary>
    public void AddLast(Origin origin, string key, string message)
    {
        Add(origin, key, message);
        _refused.Add(origin);
    }

    /// <summary>Whether something is wrong with a key, with what lies in it or with what it lies in.</summary>
    public bool Touch(string key) => _problems.Any(problem => problem.Key.Length == 0 || IsWithin(problem.Key, key) || IsWithin(key, problem.Key));

    /// <exception cref="ExperimentFileException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
        {
            ImmutableArray<ExperimentFileProblem> sorted =
                [.. _problems.OrderBy(problem => problem.Line is null).ThenBy(problem => problem.Line).ThenBy(problem => problem.Column)];
            throw new ExperimentFileException(sorted);
        }
    }

    private static bool IsWithin(string key, string outer) =>
        key.StartsWith(outer, StringComparison.Ordinal) && (key.Length == outer.Length || key[outer.Length] is '.' or '[');
}
