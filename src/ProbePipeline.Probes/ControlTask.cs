using System.Collections.Immutable;

namespace ProbePipeline.Probes;

/// <summary>
/// A control task (Hewitt and Liang 2019, arXiv 1909.03368): every type of row gets one random label for good. A probe that does well on it has
/// the capacity to memorise types; what it does better on the real task is its selectivity.
/// </summary>
public static class ControlTask
{
    /// <summary>Labels by type, drawn from the classes as often as they occur in training.</summary>
    /// <param name="rows">The real task.</param>
    /// <param name="types">For every row its type: a local identity such as colour and shape, never the target itself.</param>
    /// <param name="seed">Another seed, other labels.</param>
    /// <returns>For every row the index of its control label.</returns>
    /// <exception cref="ProbeException">There is not a type for every row.</exception>
    public static ImmutableArray<int> Labels(LabeledRows rows, IReadOnlyList<string> types, long seed)
    {
        if (types.Count != rows.Labels.Length)
        {
            throw new ProbeException($"control task: expected a type for each of {rows.Labels.Length} rows; found {types.Count}");
        }

        var random = new RandomStream(seed, "control");
        // Both sorted, so that a type's label does not depend on the rows' order.
        int[] training = [.. rows.Split.Train.Select(row => rows.Labels[row]).Order()];
        var labelOf = types.Distinct().Order(StringComparer.Ordinal).ToDictionary(type => type, _ => training[random.Below(training.Length)]);
        return [.. types.Select(type => labelOf[type])];
    }
}
