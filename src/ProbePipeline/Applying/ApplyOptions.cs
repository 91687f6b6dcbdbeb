using System.Collections.Immutable;

namespace ProbePipeline.Applying;

/// <summary>Which saved probe to apply, and to what.</summary>
public sealed record ApplyOptions
{
    /// <summary>A run's output folder, or a file of probes.</summary>
    public required string Probes { get; init; }

    /// <summary>The pictures: JPEG, PNG, WebP, GIF or BMP.</summary>
    public required ImmutableArray<string> Pictures { get; init; }

    /// <summary>The condition whose probe is meant, and under which the network runs; null: the first that was saved.</summary>
    public string? Condition { get; init; }

    /// <summary>
    /// The site, with <c>@</c> and the pooling where it was read with several; null: the one whose probe was best on validation rows among those on
    /// the path to the answer.
    /// </summary>
    public string? Site { get; init; }

    /// <summary>The checkpoint folder; null: the one that the run names.</summary>
    public string? Model { get; init; }

    /// <summary>Where the network runs: auto, cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The question in the prompt; null: the run's, which serves where it has no fields of a row.</summary>
    public string? Question { get; init; }

    /// <summary>The part of every picture that is read.</summary>
    public RegionChoice Region { get; init; } = RegionChoice.WholePicture;

    /// <summary>Whether every patch is read by itself, too, and drawn; needs <see cref="Output"/>.</summary>
    public bool Maps { get; init; }

    /// <summary>The classes that get a map of their probability each; none: one map of every patch's likeliest class.</summary>
    public ImmutableArray<string> MapClasses { get; init; } = [];

    /// <summary>The folder for readings and maps; null: nothing is written.</summary>
    public string? Output { get; init; }
}
