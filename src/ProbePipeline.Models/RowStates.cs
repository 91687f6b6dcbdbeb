using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ProbePipeline.Models;

/// <summary>Vectors of the rows of a batch, one after another: several a row, not necessarily as many in each.</summary>
/// <param name="Values">[vectors, width]; pooled vectors are float32, unpooled ones have the network's type.</param>
/// <param name="Counts">How many vectors each row has.</param>
public sealed record RowStates(Tensor Values, ImmutableArray<int> Counts) : IDisposable
{
    /// <summary>The vectors of one row, [vectors, width]: a view, which the caller frees.</summary>
    public Tensor Row(int row) => Values.narrow(0, Counts.Take(row).Sum(), Counts[row]);

    /// <inheritdoc/>
    public void Dispose() => Values.Dispose();
}
