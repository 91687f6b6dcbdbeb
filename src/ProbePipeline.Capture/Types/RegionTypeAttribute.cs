using Microsoft.ML.Data;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Capture;

/// <summary>Makes a property of type <see cref="RegionMask"/> a column of a data view that is loaded from objects.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class RegionTypeAttribute : DataViewTypeAttribute
{
    /// <inheritdoc/>
    public override bool Equals(DataViewTypeAttribute? other) => other is RegionTypeAttribute;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RegionTypeAttribute;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(RegionTypeAttribute).GetHashCode();

    /// <inheritdoc/>
    public override void Register() => DataViewTypeManager.Register(RegionDataViewType.Instance, typeof(RegionMask), this);
}
