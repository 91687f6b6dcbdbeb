using System.Collections.Immutable;
using System.Text.Json;
using ProbePipeline.Capture.Saving;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Capture;

/// <summary>A condition of the experiment: a name, the attention edges that it cuts, and the states that it changes.</summary>
/// <param name="Name">Begins the names of the condition's columns: <c>vision-cut/projector</c>.</param>
/// <param name="Blocks">What is cut; empty: nothing.</param>
public sealed record CaptureCondition(string Name, ImmutableArray<AttentionBlock> Blocks)
{
    /// <summary>The network as it is.</summary>
    public static CaptureCondition Intact { get; } = new("intact", []);

    /// <summary>States that are taken from another condition of the same rows.</summary>
    public ImmutableArray<ConditionPatch> Patches { get; init; } = [];

    /// <summary>States out of which directions are taken; at one site after <see cref="Patches"/>, so that they are gone from what is patched in too.</summary>
    public ImmutableArray<StateErasure> Erasures { get; init; } = [];

    /// <summary>The name of one of the condition's columns.</summary>
    public string ColumnName(string part) => $"{Name}/{part}";

    /// <summary>What is cut and changed, in words.</summary>
    internal string Changes => string.Join("; ", [.. Blocks, .. Patches.Select(patch => $"{patch}"), .. Erasures.Select(erasure => $"{erasure}")]);

    /// <summary>What is cut and changed, to the last digit: two conditions with equal ones do the same.</summary>
    internal string Meaning => JsonSerializer.Serialize(SavedCondition.Of(this));
}
