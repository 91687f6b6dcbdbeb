using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Forward;

/// <summary>Tokens of every row, as indices into the flattened states of a site.</summary>
/// <param name="Flat">Row after row.</param>
/// <param name="Counts">How many each row has.</param>
internal sealed record SelectedTokens(ImmutableArray<long> Flat, ImmutableArray<int> Counts)
{
    public bool IsEmpty => Flat.IsEmpty;

    public Tensor Indices(Device device) => tensor(Flat.AsSpan().ToArray(), device: device);

    /// <param name="rows">For every row the indices of its tokens.</param>
    public static SelectedTokens Of(IReadOnlyCollection<long[]> rows) => new([.. rows.SelectMany(row => row)], [.. rows.Select(row => row.Length)]);
}
