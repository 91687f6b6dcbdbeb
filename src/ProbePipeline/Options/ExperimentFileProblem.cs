using System.Globalization;

namespace ProbePipeline.Options;

/// <summary>One thing that is wrong in an experiment file.</summary>
/// <param name="Source">The file, the override, or where else the value comes from.</param>
/// <param name="Line">Line, from 1; null where the source has none.</param>
/// <param name="Column">Column, from 1; null where the source has none.</param>
/// <param name="Key">The key with the keys that it lies in, such as <c>probe.l2</c>; empty for the file as a whole.</param>
/// <param name="Message">What was found and what is expected.</param>
public sealed record ExperimentFileProblem(string Source, int? Line, int? Column, string Key, string Message)
{
    /// <summary>One line: <c>file.yaml(12,7): probe.l2: found "abc", expected positive numbers such as 1e-4</c>.</summary>
    public override string ToString()
    {
        var place = Line is null ? "" : string.Create(CultureInfo.InvariantCulture, $"({Line},{Column})");
        return $"{Source}{place}: {(Key.Length == 0 ? "" : Key + ": ")}{Message}";
    }
}
