using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Options;
using ProbePipeline.Rows;

namespace ProbePipeline.Extraction;

/// <summary>
/// Conditions as the network takes them, in two stages: those that need nothing fitted come first, since erasers and means of keys are those of the first of them.
/// </summary>
/// <param name="Conditions">All of them, swept ones included.</param>
internal sealed record ConditionStages(ImmutableArray<ConditionOptions> Conditions)
{
    public ImmutableArray<string> Names => [.. Conditions.Select(condition => condition.Name)];

    /// <summary>The conditions that can be run at once.</summary>
    public ImmutableArray<CaptureCondition> First => [.. Conditions.Where(condition => !NeedsFitted(condition)).Select(condition => Of(condition, _ => throw new InvalidOperationException(), _ => throw new InvalidOperationException()))];

    /// <summary>What is erased in the second stage.</summary>
    public ImmutableArray<EraseOptions> Erasures => [.. Conditions.SelectMany(condition => condition.Erasures)];

    /// <summary>The blocks that replace keys by means in the second stage.</summary>
    public ImmutableArray<AttentionBlock> Replacing => [.. Conditions.SelectMany(condition => condition.Replacing)];

    /// <summary>The conditions that erase or replace keys by means, or take states from one that does.</summary>
    public ImmutableArray<CaptureCondition> Second(Func<EraseOptions, LinearEdit> eraserOf, Func<AttentionBlock, KeyMeans> meansOf) =>
        [.. Conditions.Where(NeedsFitted).Select(condition => Of(condition, eraserOf, meansOf))];

    private bool NeedsFitted(ConditionOptions condition) => condition.NeedsFitted || condition.Patches.Any(patch => Donor(patch).NeedsFitted);

    private ConditionOptions Donor(PatchOptions patch) => Conditions.Single(condition => condition.Name == patch.From);

    private CaptureCondition Of(ConditionOptions condition, Func<EraseOptions, LinearEdit> eraserOf, Func<AttentionBlock, KeyMeans> meansOf) => new(
        condition.Name, [.. condition.Blocks.Select(block => block.Means is null ? block : block with { Means = meansOf(block) })])
    {
        Patches = [.. condition.Patches.Select(patch => new ConditionPatch(patch.Site, patch.Tokens, Of(Donor(patch), eraserOf, meansOf))
        {
            DonorRow = patch.Rows == PatchRows.Same ? null : RowWithDonor.DonorColumns,
            Mean = patch.Rows == PatchRows.OtherMean,
        })],
        Erasures = [.. condition.Erasures.Select(erasure => new StateErasure(erasure.Site, erasure.Tokens, eraserOf(erasure)))],
    };
}
