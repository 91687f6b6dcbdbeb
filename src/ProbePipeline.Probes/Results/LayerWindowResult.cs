namespace ProbePipeline.Probes.Results;

/// <summary>What was found under one window of a sweep.</summary>
public sealed record LayerWindowResult
{
    /// <summary>The name of its condition, under which its features are stored.</summary>
    public required string Condition { get; init; }

    /// <summary>The window's first layer.</summary>
    public required int First { get; init; }

    /// <summary>Its last layer.</summary>
    public required int Last { get; init; }

    /// <summary>The model's own answers; null where none were asked for.</summary>
    public AnswerResult? Answer { get; init; }

    /// <summary>Their difference from the condition that the sweep is compared with, on the same test rows.</summary>
    public Comparison? AnswerDifference { get; init; }

    /// <summary>The probe at the sweep's site, trained under this window; null where none is trained.</summary>
    public ProbeResult? Probe { get; init; }

    /// <summary>Its difference from the probe of the condition that the sweep is compared with.</summary>
    public Comparison? ProbeDifference { get; init; }
}
