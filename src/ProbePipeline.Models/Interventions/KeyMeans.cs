using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;

namespace ProbePipeline.Models.Interventions;

/// <summary>
/// What takes the place of tokens whose keys and values are mean-ablated (Wang et al. 2023, arXiv 2211.00593, ablate heads so): a layer's mean attention input,
/// of which keys and values are made. Both are affine in it and positions are turned into keys afterwards, so that this is the same as the mean key and the mean
/// value of every head, and content alone is averaged.
/// </summary>
public sealed record KeyMeans
{
    /// <param name="inputs">By layer, from 0: the mean of <see cref="Site.AttentionIn"/>, [D].</param>
    /// <exception cref="NetworkInputException">A number is not finite, or there is no layer.</exception>
    public KeyMeans(ImmutableSortedDictionary<int, ImmutableArray<float>> inputs)
    {
        if (inputs.IsEmpty || inputs.FirstOrDefault(layer => !layer.Value.All(float.IsFinite)) is { Value.IsDefault: false })
        {
            throw new NetworkInputException("key means: expected finite numbers of at least one layer; found none, or infinity or NaN");
        }

        Inputs = inputs;
        Hash = Convert.ToHexStringLower(SHA256.HashData([.. inputs.SelectMany(layer => BitConverter.GetBytes(layer.Key).Concat(MemoryMarshal.AsBytes(layer.Value.AsSpan()).ToArray()))]));
    }

    private KeyMeans() => (Inputs, Hash) = (ImmutableSortedDictionary<int, ImmutableArray<float>>.Empty, "");

    /// <summary>Means that are still to be found: blocks that have them say what they do, but no forward takes them.</summary>
    public static KeyMeans Unknown { get; } = new();

    /// <summary>By layer, from 0: the mean attention input, [D].</summary>
    public ImmutableSortedDictionary<int, ImmutableArray<float>> Inputs { get; }

    /// <summary>SHA-256 of layers and numbers; empty where these are <see cref="Unknown"/>.</summary>
    public string Hash { get; }

    /// <summary>The capture whose mean over rows is a layer's mean: every row counts the same, however many of the tokens it has.</summary>
    /// <param name="tower">The tower.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="to">The tokens that are replaced.</param>
    public static SiteCapture CaptureOf(Tower tower, int layer, TokenSet to) => StatePatch.MeanOf(Site.AttentionIn(tower, layer), to);

    /// <summary>Two are equal when all their layers and numbers are.</summary>
    public bool Equals(KeyMeans? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Hash.Length == 0 ? "means still to be found" : $"means {Hash[..12]}";
}
