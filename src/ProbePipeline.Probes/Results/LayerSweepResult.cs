using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>What a block does in a window of layers that slides through its tower.</summary>
public sealed record LayerSweepResult
{
    /// <summary>The sweep's name.</summary>
    public required string Name { get; init; }

    /// <summary>vision or language: the tower that the window slides through.</summary>
    public required string Tower { get; init; }

    /// <summary>The block in words, layers left out.</summary>
    public required string Block { get; init; }

    /// <summary>The condition that windows are compared with.</summary>
    public required string Against { get; init; }

    /// <summary>Where the probes read: the last captured site on the path to the answer; null where no probe is trained.</summary>
    public string? Site { get; init; }

    /// <summary>The windows, from the first layer on.</summary>
    public required ImmutableArray<LayerWindowResult> Windows { get; init; }
}
