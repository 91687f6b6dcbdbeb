using System.Collections.Immutable;

namespace ProbePipeline.Models;

/// <summary>Rows that go through the network together. Shorter rows are padded at the left.</summary>
public sealed record Batch
{
    /// <param name="rows">At least one row.</param>
    /// <param name="length">Tokens a row after padding; null: as many as the longest row has.</param>
    /// <exception cref="NetworkInputException">There is no row, or one is longer than <paramref name="length"/>.</exception>
    public Batch(IEnumerable<PromptRow> rows, int? length = null)
    {
        Rows = [.. rows];
        if (Rows.IsEmpty)
        {
            throw new NetworkInputException("a batch needs at least one row");
        }

        var longest = Rows.Max(row => row.TokenIds.Length);
        Length = length ?? longest;
        if (Length < longest)
        {
            throw new NetworkInputException($"row {Rows.IndexOf(Rows.First(row => row.TokenIds.Length == longest))} has {longest} tokens, more than the {Length} to which rows shall be padded");
        }
    }

    /// <summary>The rows.</summary>
    public ImmutableArray<PromptRow> Rows { get; }

    /// <summary>Tokens a row, left padding included.</summary>
    public int Length { get; }
}
