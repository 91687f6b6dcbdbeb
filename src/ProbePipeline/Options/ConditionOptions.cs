using System.Collections.Immutable;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Options;

/// <summary>A condition: attention edges that are cut, and states that are changed.</summary>
/// <param name="Name">What it is called in results and folders: letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Blocks">The attention edges that are cut; none: the model as it is.</param>
public sealed record ConditionOptions(string Name, ImmutableArray<AttentionBlock> Blocks)
{
    /// <summary>States that are taken from other conditions.</summary>
    public ImmutableArray<PatchOptions> Patches { get; init; } = [];

    /// <summary>Fields that are erased from states, after <see cref="Patches"/>.</summary>
    public ImmutableArray<EraseOptions> Erasures { get; init; } = [];

    /// <summary>What is changed beside attention, in words.</summary>
    internal IEnumerable<string> Changes => [.. Patches.Select(patch => $"{patch}"), .. Erasures.Select(erasure => $"{erasure}")];

    /// <summary>The blocks that put means in place of keys and values.</summary>
    internal IEnumerable<AttentionBlock> Replacing => Blocks.IsDefault ? [] : Blocks.Where(block => block.Means is not null);

    /// <summary>Whether all that it does is to cut: what is patched, erased or replaced belongs to the run's rows and cannot be done to other pictures.</summary>
    internal bool OnlyCuts => Patches.IsEmpty && !NeedsFitted;

    /// <summary>Whether rows take states from others.</summary>
    internal bool MixesRows => Patches.Any(patch => patch.Rows != PatchRows.Same);

    /// <summary>Whether what it does is fitted on the first condition's training rows.</summary>
    internal bool NeedsFitted => !Erasures.IsEmpty || Replacing.Any();

    private string[] Interventions => [.. Blocks.IsDefault ? [] : Blocks.Select(block => $"{block}"), .. Changes];

    /// <summary>Whether this condition cuts and changes all that another does, and more.</summary>
    /// <param name="other">The other.</param>
    internal bool GoesBeyond(ConditionOptions other) => Interventions.ToHashSet().IsProperSupersetOf(other.Interventions);

    /// <inheritdoc/>
    public override string ToString() => Interventions is { Length: > 0 } all ? $"{Name}: {string.Join("; ", all)}" : $"{Name}: nothing is cut";
}
