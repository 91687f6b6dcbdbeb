using System.Collections.Immutable;
using ProbePipeline.Models;

namespace ProbePipeline.Capture.Views;

/// <summary>Rows of a batch as the network takes them.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Donors">The rows beside them that patches take states from, by the columns that hold them.</param>
/// <param name="Labels">The rows' values in text columns of the input.</param>
internal sealed record ReadyRows(
    ImmutableArray<PromptRow> Rows, IReadOnlyDictionary<InputColumns, ImmutableArray<PromptRow>> Donors, IReadOnlyDictionary<string, ImmutableArray<string>> Labels)
{
    /// <summary>Some of them.</summary>
    public ReadyRows Part(int first, int count) => first == 0 && count == Rows.Length ? this : new(
        Rows.Slice(first, count),
        Donors.ToDictionary(donor => donor.Key, donor => donor.Value.Slice(first, count)),
        Labels.ToDictionary(label => label.Key, label => label.Value.Slice(first, count)));
}
