using System.Collections.ObjectModel;
using ProbePipeline.Inputs.Regions;

namespace ProbePipeline.Inputs.Datasets;

/// <summary>A part that a picture shows: one row of an experiment.</summary>
public sealed class PicturePart
{
    private readonly Func<RegionMask> _mask;

    /// <param name="id">Names the part in the whole dataset, the same on every pass.</param>
    /// <param name="mask">Its pixels on the original picture.</param>
    /// <param name="attributes">What is known of it, in order; copied.</param>
    /// <exception cref="ArgumentException">An attribute is named twice.</exception>
    public PicturePart(string id, RegionMask mask, IEnumerable<KeyValuePair<string, string>> attributes)
        : this(id, () => mask, attributes)
    {
    }

    /// <param name="id">Names the part in the whole dataset, the same on every pass.</param>
    /// <param name="mask">Reads its pixels on the original picture; called every time that they are asked for.</param>
    /// <param name="attributes">What is known of it, in order; copied.</param>
    /// <exception cref="ArgumentException">An attribute is named twice.</exception>
    public PicturePart(string id, Func<RegionMask> mask, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        Id = id;
        _mask = mask;
        Attributes = new ReadOnlyDictionary<string, string>(new OrderedDictionary<string, string>(attributes));
    }

    /// <summary>Names the part in the whole dataset, the same on every pass.</summary>
    public string Id { get; }

    /// <summary>Its pixels on the original picture: the same every time. Where they come from a file they are read anew and not kept.</summary>
    /// <exception cref="RegionException">They cannot be read, or do not fit the picture.</exception>
    public RegionMask Mask => _mask();

    /// <summary>What is known of it, in the dataset's order: a value for each of the dataset's attributes, empty where the dataset says nothing.</summary>
    public ReadOnlyDictionary<string, string> Attributes { get; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
