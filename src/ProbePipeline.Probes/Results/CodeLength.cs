using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>Online code length of the training labels at a site (Voita and Titov 2020, arXiv 2003.12298): the shorter, the fewer rows it takes to read them.</summary>
public sealed record CodeLength
{
    /// <summary>Length of the code, in bits.</summary>
    public required double Bits { get; init; }

    /// <summary>Length of the uniform code, which knows nothing: rows x log2(classes).</summary>
    public required double UniformBits { get; init; }

    /// <summary><see cref="UniformBits"/> in <see cref="Bits"/>; 1 and less where nothing is gained.</summary>
    public required double Compression { get; init; }

    /// <summary>Rows sent by the end of every block.</summary>
    public ImmutableArray<int> Cuts { get; init; } = [];

    /// <summary>Bits of every block; the first is sent with the uniform code.</summary>
    public ImmutableArray<double> BlockBits { get; init; } = [];

    /// <summary>Length of the control task's code, of several seeds the mean; null where there is no control task.</summary>
    public double? ControlBits { get; init; }

    /// <summary><see cref="UniformBits"/> in <see cref="ControlBits"/>.</summary>
    public double? ControlCompression { get; init; }
}
