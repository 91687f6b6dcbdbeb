using System.Collections.Immutable;
using System.Globalization;

namespace ProbePipeline.Inputs.Datasets.Manifest;

/// <summary>
/// A table with a row a part: JSON lines, CSV or Parquet, the Hugging Face datasets library's files included. The table is gone through once when it is first
/// needed; pictures and masks are read one by one, when they are asked for, and never kept.
/// </summary>
public sealed class ManifestDataset : IPartDataset
{
    private readonly ManifestOptions _options;
    private readonly Lazy<ManifestIndex> _index;

    /// <param name="options">The table and what its columns say. Nothing is read yet.</param>
    public ManifestDataset(ManifestOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _index = new Lazy<ManifestIndex>(() => ManifestIndex.Of(options));
    }

    /// <inheritdoc/>
    public string Name => "manifest";

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{_options.Path}: {_index.Value.Pictures.Length} pictures with {_index.Value.Pictures.Sum(picture => picture.Parts.Length)} parts");

    /// <inheritdoc/>
    public int PictureCount => _index.Value.Pictures.Length;

    /// <inheritdoc/>
    public ImmutableArray<PartAttribute> Attributes => _index.Value.Attributes;

    /// <inheritdoc/>
    public IEnumerable<PartPicture> Pictures => _index.Value.Pictures.Select((picture, index) => picture.At(index));
}
