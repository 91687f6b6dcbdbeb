namespace ProbePipeline.Probes.Saving;

/// <summary>Where the vectors of saved probes came from: what has to be the same wherever they are applied.</summary>
public sealed record ProbeSource
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>What is predicted, such as <c>part</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The checkpoint folder as the experiment named it.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of that folder's JSON and safetensors files: weights, tokenizer and picture processor.</summary>
    public required string ModelHash { get; init; }

    /// <summary>The type in which the network computed: float32, bfloat16 or float16.</summary>
    public required string Type { get; init; }

    /// <summary>How the model is asked: a template's name or its text.</summary>
    public required string Template { get; init; }

    /// <summary>The question of every row, fields in braces; empty where nothing was asked.</summary>
    public required string Question { get; init; }

    /// <summary>The share of a token's square from which on a region covers it.</summary>
    public required double RegionThreshold { get; init; }

    /// <summary>Where regions are looked up in pictures of several tiles: both, overview or tiles.</summary>
    public required string RegionTiles { get; init; }
}
