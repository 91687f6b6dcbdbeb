using Microsoft.ML.Data;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Capture;

/// <summary>Makes a property of type <see cref="Picture"/> a column of a data view that is loaded from objects.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class PictureTypeAttribute : DataViewTypeAttribute
{
    /// <inheritdoc/>
    public override bool Equals(DataViewTypeAttribute? other) => other is PictureTypeAttribute;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PictureTypeAttribute;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(PictureTypeAttribute).GetHashCode();

    /// <inheritdoc/>
    public override void Register() => DataViewTypeManager.Register(PictureDataViewType.Instance, typeof(Picture), this);
}
