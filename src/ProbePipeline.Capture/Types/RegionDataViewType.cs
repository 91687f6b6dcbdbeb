using Microsoft.ML.Data;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Capture;

/// <summary>The type of a data view's column that holds a <see cref="RegionMask"/>.</summary>
public sealed class RegionDataViewType : StructuredDataViewType
{
    private RegionDataViewType()
        : base(typeof(RegionMask))
    {
    }

    /// <summary>The type.</summary>
    public static RegionDataViewType Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => other is RegionDataViewType;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RegionDataViewType;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(RegionDataViewType).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => "Region";
}
