using Microsoft.ML.Data;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Capture;

/// <summary>The type of a data view's column that holds a <see cref="Picture"/>.</summary>
public sealed class PictureDataViewType : StructuredDataViewType
{
    private PictureDataViewType()
        : base(typeof(Picture))
    {
    }

    /// <summary>The type.</summary>
    public static PictureDataViewType Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Equals(DataViewType? other) => other is PictureDataViewType;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PictureDataViewType;

    /// <inheritdoc/>
    public override int GetHashCode() => typeof(PictureDataViewType).GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => "Picture";
}
