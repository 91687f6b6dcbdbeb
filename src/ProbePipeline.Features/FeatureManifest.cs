using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ProbePipeline.Features;

/// <summary>What a store holds and what it was made from. A store is only ever continued under an equal manifest.</summary>
public sealed record FeatureManifest
{
    /// <summary>The version of the format that this program writes.</summary>
    internal const int CurrentFormatVersion = 2;

    /// <summary>Version of the format.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>Everything that the features depend on, by name: hashes of model and dataset, options, versions of the software.</summary>
    public required OrderedDictionary<string, string> Inputs { get; init; }

    /// <summary>The conditions; a chunk of rows is one file a condition.</summary>
    public required ImmutableArray<string> Conditions { get; init; }

    /// <summary>The columns, the same under every condition.</summary>
    public required ImmutableArray<FeatureColumn> Columns { get; init; }

    /// <summary>The names of the rows' attributes.</summary>
    public required ImmutableArray<string> AttributeNames { get; init; }

    /// <summary>How many rows each chunk holds.</summary>
    public required ImmutableArray<int> ChunkRows { get; init; }

    /// <summary>XXH128 of <c>rows.jsonl</c>; null until the store is begun. It is no part of what a store is compared by, since the rows are compared themselves.</summary>
    public string? RowsChecksum { get; init; }

    /// <summary>
    /// How many rows went through the network together, in the order of time: what was chosen where the options leave it open, and what it became when memory ran
    /// out. Null: as the options say. It is no part of what a store is compared by.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<BatchSizeNote>? BatchSizes { get; init; }

    /// <summary>Rows in all.</summary>
    [JsonIgnore]
    public int RowCount => ChunkRows.Sum();

    /// <summary>What in a manifest cannot be; null: nothing. A file may hold what no run writes.</summary>
    internal string? Contradiction()
    {
        if (Conditions.IsDefault || Columns.IsDefault || AttributeNames.IsDefault || ChunkRows.IsDefault
            || Conditions.Contains(null!) || Columns.Contains(null!) || AttributeNames.Contains(null!) || Inputs.ContainsValue(null!) || BatchSizes?.Contains(null!) == true)
        {
            return "a list or one of its values is null";
        }

        if (Conditions.IsEmpty || Conditions.Distinct().Count() < Conditions.Length || Columns.Select(column => column.Name).Distinct().Count() < Columns.Length)
        {
            return "expected one condition or more, and a name of its own for each of them and for each column";
        }

        if (Columns.FirstOrDefault(column => string.IsNullOrEmpty(column.Name) || column.Name == SafetensorsHeader.Metadata || !Enum.IsDefined(column.Type) || column.Width < 1
            || column.SlotNames.IsDefault || column.SlotNames.Contains(null!) || (column.SlotNames.Length > 0 && column.SlotNames.Length != column.Width)) is { } odd)
        {
            return $"expected a column with a name, a type, a width from 1 on, and as many names of slots as it is wide, or none; found '{odd.Name}', {odd.Type}, {odd.Width} and {(odd.SlotNames.IsDefault ? 0 : odd.SlotNames.Length)}";
        }

        return ChunkRows.Any(rows => rows < 0) || ChunkRows.Sum(rows => (long)rows) > int.MaxValue ? $"expected numbers of rows that add up to {int.MaxValue} at most"
            : ChunkRows.Any(rows => Columns.Any(column => rows * column.BytesPerRow > Array.MaxLength)) ? $"expected chunks of which no column has more than {Array.MaxLength} bytes"
            : null;
    }

    /// <summary>The column of a name.</summary>
    /// <exception cref="FeatureStoreException">There is none.</exception>
    public FeatureColumn Column(string name) => Columns.FirstOrDefault(column => column.Name == name)
        ?? throw new FeatureStoreException($"expected one of the columns {string.Join(", ", Columns.Select(column => column.Name))}; found '{name}'");
}
