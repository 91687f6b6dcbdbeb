using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ProbePipeline.Features;

/// <summary>Numbers of one shape under a name.</summary>
public sealed class NamedTensor
{
    private readonly Array _values;

    /// <param name="name">The name in its file.</param>
    /// <param name="shape">Lengths of the axes; their product is the number of values.</param>
    /// <param name="values">Row-major; not copied.</param>
    public NamedTensor(string name, ImmutableArray<int> shape, float[] values)
        : this(name, shape, values, values.Length)
    {
    }

    /// <inheritdoc cref="NamedTensor(string, ImmutableArray{int}, float[])"/>
    public NamedTensor(string name, ImmutableArray<int> shape, double[] values)
        : this(name, shape, values, values.Length)
    {
    }

    private NamedTensor(string name, ImmutableArray<int> shape, Array values, int count)
    {
        var expected = shape.Aggregate(1L, (product, length) => product * length);
        (Name, Shape, _values) = expected == count
            ? (name, shape, values)
            : throw new ArgumentException($"{name}: expected {expected} numbers of the shape [{string.Join(", ", shape)}]; found {count}", nameof(values));
    }

    /// <summary>The name in its file.</summary>
    public string Name { get; }

    /// <summary>Lengths of the axes.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The type as safetensors names it.</summary>
    internal string Type => _values switch { float[] => "F32", _ => "F64" };

    /// <summary>The numbers, little-endian.</summary>
    internal ReadOnlySpan<byte> Bytes => _values switch
    {
        float[] numbers => MemoryMarshal.AsBytes(numbers.AsSpan()),
        var numbers => MemoryMarshal.AsBytes(((double[])numbers).AsSpan()),
    };
}
