using System.Diagnostics.CodeAnalysis;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>Problems are one task where only their penalties differ.</summary>
internal sealed class SameLabels : IEqualityComparer<Problem>
{
    public static readonly SameLabels Comparer = new();

    public bool Equals(Problem? x, Problem? y) => x is not null && y is not null && x.Present.AsSpan().SequenceEqual(y.Present.AsSpan()) && x.Labels.AsSpan().SequenceEqual(y.Labels);

    public int GetHashCode([DisallowNull] Problem obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(obj.Labels.AsSpan()));
        return hash.ToHashCode();
    }
}
