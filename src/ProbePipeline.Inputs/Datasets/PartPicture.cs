using System.Collections.Immutable;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets;

/// <summary>A picture of a dataset with its parts: the group that splits and intervals are made by.</summary>
public sealed class PartPicture
{
    private readonly Func<Picture> _load;
    private readonly Lazy<ImmutableArray<PicturePart>> _parts;

    /// <param name="id">Names the picture in its dataset, the same on every pass.</param>
    /// <param name="index">Its place in the dataset, from 0.</param>
    /// <param name="load">Reads or draws the pixels; called every time that they are asked for.</param>
    /// <param name="parts">Finds the parts; called once, when they are first asked for.</param>
    public PartPicture(string id, int index, Func<Picture> load, Func<ImmutableArray<PicturePart>> parts)
    {
        Id = id;
        Index = index;
        _load = load;
        _parts = new Lazy<ImmutableArray<PicturePart>>(parts);
    }

    /// <summary>Names the picture in its dataset, the same on every pass.</summary>
    public string Id { get; }

    /// <summary>Its place in the dataset, from 0: splits by index go by it.</summary>
    public int Index { get; }

    /// <summary>The parts in the dataset's order. They are had without the pixels.</summary>
    public ImmutableArray<PicturePart> Parts => _parts.Value;

    /// <summary>Reads or draws the pixels: the same bytes every time. They are not kept.</summary>
    /// <exception cref="PictureException">The picture's file cannot be read.</exception>
    public Picture Load() => _load();

    /// <summary>What it shows, where several pictures show the same: they are never split apart. By default the picture itself.</summary>
    public string Group { get => field ?? Id; init; }

    /// <summary>The part of the dataset's own split that it belongs to: train, validation or test; null: the dataset does not say.</summary>
    public string? Split { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
