using System.Collections.Immutable;
using System.Globalization;

namespace ProbePipeline.Probes.Targets;

/// <summary>A number a row that probes are to predict.</summary>
public sealed record NumericTarget
{
    /// <param name="name">What the number is.</param>
    /// <param name="values">For every row its number.</param>
    /// <exception cref="ProbeException">A number is not finite, or all are the same; the message names target and row.</exception>
    public NumericTarget(string name, ImmutableArray<double> values)
    {
        (Name, Values) = (name, values);
        if (values.Index().FirstOrDefault(row => !double.IsFinite(row.Item)) is (var odd, not 0) found)
        {
            throw new ProbeException(string.Create(CultureInfo.InvariantCulture, $"target {name}: expected finite numbers; found {found.Item} in row {odd}"));
        }

        if (values.Distinct().Count() < 2)
        {
            throw new ProbeException(string.Create(CultureInfo.InvariantCulture, $"target {name}: expected numbers that differ; found {values[0]} in all of {values.Length} rows, which needs no probe"));
        }
    }

    /// <summary>What the number is.</summary>
    public string Name { get; }

    /// <summary>For every row its number.</summary>
    public ImmutableArray<double> Values { get; }
}
