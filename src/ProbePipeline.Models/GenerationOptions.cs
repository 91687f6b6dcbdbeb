using System.Collections.Immutable;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;

namespace ProbePipeline.Models;

/// <summary>How a model's own answer is generated: greedily, always the likeliest next token.</summary>
public sealed record GenerationOptions
{
    /// <summary>The longest answer, in tokens.</summary>
    public required int MaxNewTokens { get; init; }

    /// <summary>Tokens that end an answer; the answer holds the one that ended it.</summary>
    public ImmutableArray<int> StopTokens { get; init; } = [];

    /// <summary>Only ids below this are chosen; null: the whole vocabulary.</summary>
    internal int? VocabularyLimit { get; init; }

    /// <summary>The attention edges that are cut, for generated tokens too.</summary>
    public ImmutableArray<AttentionBlock> Blocks { get; init; } = [];

    /// <summary>The states that are changed on the way, at one site in this order.</summary>
    public ImmutableArray<StateEdit> Edits { get; init; } = [];
}
