namespace ProbePipeline.Inputs.Datasets.Manifest;

/// <summary>A dataset that is a table with a row a part.</summary>
public sealed record ManifestOptions
{
    /// <summary>A .jsonl, .csv or .parquet file, a folder of Parquet files, or a dataset's folder in the Hugging Face cache.</summary>
    public required string Path { get; init; }

    /// <summary>Which files of a folder.</summary>
    public string Files { get; init; } = "*.parquet";

    /// <summary>The folder that paths of pictures and masks start at; null: that of the table. No path leaves it.</summary>
    public string? Pictures { get; init; }

    /// <summary>Which column says what.</summary>
    public ManifestColumns Columns { get; init; } = new();
}
