using System.Text.Json.Serialization;

namespace ProbePipeline.Probes.Results;

/// <summary>What it takes to repeat a run.</summary>
public sealed record Provenance
{
    /// <summary>The command that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>The experiment file, overrides included.</summary>
    public required string Experiment { get; init; }

    /// <summary>Where the model lies, as the experiment file names it.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the model's files.</summary>
    public required string ModelHash { get; init; }

    /// <summary>The dataset in words.</summary>
    public required string Dataset { get; init; }

    /// <summary>SHA-256 of the dataset's rows.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>SHA-256 of the features that the figures are of: what they were made from, and the checksum of every chunk's numbers; null where it was not recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FeaturesHash { get; init; }

    /// <summary>The seeds that were used, by purpose.</summary>
    public required OrderedDictionary<string, long> Seeds { get; init; }

    /// <summary>Versions of the software, by name.</summary>
    public required OrderedDictionary<string, string> Software { get; init; }

    /// <summary>The device and type in which the network computed.</summary>
    public required string Computed { get; init; }
}
