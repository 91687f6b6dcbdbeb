using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>A test row to look at.</summary>
/// <param name="Id">The row's name.</param>
/// <param name="Question">The question that the model was asked.</param>
/// <param name="Label">The right answer.</param>
/// <param name="Answers">The choice that counts as the model's answer, by condition; "none of the choices" where what it wrote is none.</param>
/// <param name="Png">The picture with its region marked, as PNG.</param>
public sealed record SampleRow(string Id, string Question, string Label, OrderedDictionary<string, string> Answers, ImmutableArray<byte> Png)
{
    /// <summary>What the model wrote itself, by condition; empty where it wrote nothing.</summary>
    public OrderedDictionary<string, string> Written { get; init; } = [];
}
