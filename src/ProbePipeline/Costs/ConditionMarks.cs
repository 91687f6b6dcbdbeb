using System.Collections.Immutable;

namespace ProbePipeline.Costs;

/// <summary>
/// What a condition does, layer by layer, as text: two conditions compute the same up to the first layer in which they differ. A tower's layers that are not
/// computed have no mark.
/// </summary>
internal sealed record ConditionMarks
{
    /// <summary>For every layer of the vision tower that is run.</summary>
    public ImmutableArray<string> Vision { get; init; } = [];

    /// <summary>Whether what is done to a picture depends on the row, so that rows about one picture share nothing.</summary>
    public bool VisionByRow { get; init; }

    /// <summary>What is done to image tokens before the decoder.</summary>
    public string Projector { get; init; } = "";

    /// <summary>For every layer of the decoder that is run what is done to tokens up to the picture's last.</summary>
    public ImmutableArray<string> Prefix { get; init; } = [];

    /// <summary>Whether that depends on the row.</summary>
    public bool PrefixByRow { get; init; }

    /// <summary>For every layer of the decoder that is run what is done to the tokens behind the picture.</summary>
    public ImmutableArray<string> Suffix { get; init; } = [];

    /// <summary>Whether pictures become image tokens.</summary>
    public bool Projects { get; init; } = true;
}
