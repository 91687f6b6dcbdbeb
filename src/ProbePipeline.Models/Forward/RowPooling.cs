using System.Collections.Immutable;
using ProbePipeline.Models.Sites;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>States of tokens to vectors of rows. D: width.</summary>
internal static class RowPooling
{
    /// <summary>The states of selected tokens, [..., D] -> [vectors, D].</summary>
    public static Tensor Gather(Tensor states, SelectedTokens tokens) => states.flatten(0, -2).index_select(0, tokens.Indices(states.device));

    /// <summary>What two parts of every row give, one behind the other: [vectors, D].</summary>
    public static Tensor Joined(Tensor before, ImmutableArray<int> counts, Tensor after, ImmutableArray<int> afterCounts)
    {
        var order = new List<long>();
        var (first, second) = (0L, before.shape[0]);
        foreach (var (count, other) in counts.Zip(afterCounts))
        {
            for (var token = 0; token < count; token++)
            {
                order.Add(first++);
            }

            for (var token = 0; token < other; token++)
            {
                order.Add(second++);
            }
        }

        return cat([before, after], 0).index_select(0, tensor(order.ToArray(), device: before.device));
    }

    /// <summary>Vectors, row after row, to what is kept of each row; outside of the current dispose scope.</summary>
    public static RowStates Pool(Tensor chosen, ImmutableArray<int> counts, Reduction reduction)
    {
        if (reduction == Reduction.None)
        {
            return new RowStates(chosen.DetachFromDisposeScope(), counts);
        }

        // A row is reduced by itself, so that it does not depend on the rows beside it.
        var rows = chosen.to_type(ScalarType.Float32).split([.. counts.Select(count => (long)count)]);
        var pooled = stack(rows.Select(row => reduction == Reduction.Mean ? row.mean([0]) : row.amax([0])));
        return new RowStates(pooled.DetachFromDisposeScope(), [.. counts.Select(_ => 1)]);
    }
}
