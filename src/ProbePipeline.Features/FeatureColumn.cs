using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ProbePipeline.Features;

/// <summary>A column of a store: one vector a row.</summary>
/// <param name="Name">What stands in it, such as the site <c>vision.resid_post.3</c>.</param>
/// <param name="Type">How its numbers are stored.</param>
/// <param name="Width">Numbers a row.</param>
public sealed record FeatureColumn(string Name, FeatureType Type, int Width)
{
    /// <summary>What the numbers of a row are called, where they have names (choices, layers); else empty.</summary>
    public ImmutableArray<string> SlotNames { get; init; } = [];

    /// <summary>Bytes a row.</summary>
    [JsonIgnore]
    public long BytesPerRow => 4L * Width;
}
