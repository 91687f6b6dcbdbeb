using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>A tensor as it lies in a checkpoint's file.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="File">The file that holds it.</param>
/// <param name="Offset">Where its first byte lies, from the file's begin.</param>
/// <param name="ByteCount">Its length in bytes.</param>
internal sealed record StoredTensor(string Name, ScalarType Type, ImmutableArray<long> Shape, string File, long Offset, long ByteCount)
{
    /// <summary>Number of elements.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, size) => product * size);
}
