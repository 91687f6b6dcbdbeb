using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ProbePipeline.Probes.Results;

/// <summary>What was found under one condition.</summary>
public sealed record ConditionResults
{
    /// <summary>The blocks of the condition in words; empty where nothing is cut.</summary>
    public ImmutableArray<string> Blocks { get; init; } = [];

    /// <summary>What is changed beside attention, in words: states that are patched in, fields that are erased.</summary>
    public ImmutableArray<string> Changes { get; init; } = [];

    /// <summary>The shortest way that is left from what is outside the region to it, and from there to the answer: "none", or what it leads through.</summary>
    public ImmutableArray<RemainingPath> RemainingPaths { get; init; } = [];

    /// <summary>The model's own answers; null where none were asked for.</summary>
    public AnswerResult? Answer { get; init; }

    /// <summary>One probe a site, in the order of computation.</summary>
    public ImmutableArray<ProbeResult> Probes { get; init; } = [];

    /// <summary>The probe with the best validation accuracy among those on the path to the answer; null where there is none.</summary>
    [JsonIgnore]
    public ProbeResult? BestProbe => Probes.Where(probe => probe.OnPath).MaxBy(probe => probe.ValidationAccuracy) ?? Probes.MaxBy(probe => probe.ValidationAccuracy);

    /// <summary>What the probe gains or loses from site to site, in the order of computation.</summary>
    public ImmutableArray<SiteStep> Steps { get; init; } = [];

    /// <summary>Probe and answer row by row; null where one of them is missing.</summary>
    public ReadableVersusUsed? ReadableVersusUsed { get; init; }

    /// <summary>The logit lens, layer by layer; empty where it was not asked for.</summary>
    public ImmutableArray<LensResult> Lens { get; init; } = [];
}
