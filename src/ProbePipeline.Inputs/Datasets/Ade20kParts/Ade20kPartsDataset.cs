using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Datasets.Listing;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets.Ade20kParts;

/// <summary>
/// ADE20K with parts, as the full dataset is laid out: beside <c>NAME.jpg</c> the objects in <c>NAME_seg.png</c>, their parts in <c>NAME_parts_1.png</c>, and names in
/// <c>NAME_atr.txt</c>. Attributes: <c>part</c>, <c>object</c> (what most of the part's pixels belong to) and <c>category</c>, both together. Parts of parts are passed over.
/// </summary>
public sealed class Ade20kPartsDataset : IPartDataset
{
    private const string PartsEnding = "_parts_1.png";
    private const int PartLevel = 1;

    // Every pair is a value of its own in memory.
    private const int MostPairs = 1 << 24;

    private readonly string _folder;
    private readonly Lazy<ImmutableArray<string>> _stems;
    private readonly Lazy<ImmutableArray<PartAttribute>> _attributes;

    /// <param name="folder">The dataset's folder, searched with all its folders. Nothing is read yet.</param>
    public Ade20kPartsDataset(string folder)
    {
        _folder = folder;
        _stems = new(Find);
        _attributes = new(ReadNames);
    }

    /// <inheritdoc/>
    public string Name => "ade20k-parts";

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{_folder}: {PictureCount} pictures with parts");

    /// <inheritdoc/>
    public int PictureCount => _stems.Value.Length;

    /// <inheritdoc/>
    public ImmutableArray<PartAttribute> Attributes => _attributes.Value;

    /// <inheritdoc/>
    public IEnumerable<PartPicture> Pictures => _stems.Value.Select((stem, index) =>
    {
        var id = Path.GetFileName(stem);
        return new PartPicture(id, index, PictureSource.OfFile($"{stem}.jpg").Decode, () => [.. Parts(id, stem)]) { Split = SplitFolder.Of(_folder, stem) };
    });

    private static IEnumerable<PicturePart> Parts(string id, string stem)
    {
        var (objects, parts, names) = (Labels($"{stem}_seg.png"), Labels(stem + PartsEnding), AdeAttributes.Read($"{stem}_atr.txt"));
        if (objects.Size != parts.Size)
        {
            throw new DatasetException($"{stem}{PartsEnding}: expected the size of {stem}_seg.png, {objects.Size}; found {parts.Size}");
        }

        for (var instance = 1; instance <= parts.Instances; instance++)
        {
            var which = instance;
            var part = NameOf(names, PartLevel, which, stem);
            var thing = NameOf(names, 0, OwnerOf(objects, parts, which), stem);
            yield return new PicturePart(
                string.Create(CultureInfo.InvariantCulture, $"{id}/{which}"),
                () => Labels(stem + PartsEnding).WhereInstance(which),
                [new("part", part), new("object", thing), new("category", thing.Length == 0 ? part : $"{thing} {part}")]);
        }
    }

    private static string NameOf(ImmutableArray<AdeAttributes> names, int level, int instance, string stem) => instance == 0 ? ""
        : names.FirstOrDefault(line => line.Level == level && line.Instance == instance)?.Name
            ?? throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{stem}_atr.txt: expected a line for instance {instance} of level {level}, which the label picture shows"));

    private static int OwnerOf(AdeLabels objects, AdeLabels parts, int instance) =>
        (from row in Enumerable.Range(0, parts.Size.Height)
         from column in Enumerable.Range(0, parts.Size.Width)
         where parts.InstanceAt(row, column) == instance
         select objects.InstanceAt(row, column)).CountBy(owner => owner).MaxBy(owner => owner.Value).Key;

    private static AdeLabels Labels(string path)
    {
        try
        {
            return new AdeLabels(PictureDecoder.Decode(path));
        }
        catch (PictureException error)
        {
            throw new DatasetException(error.Message, error);
        }
    }

    private ImmutableArray<PartAttribute> ReadNames()
    {
        var names = _stems.Value.SelectMany(stem => AdeAttributes.Read($"{stem}_atr.txt")).ToArray();
        string[] parts = [.. names.Where(line => line.Level == PartLevel).Select(line => line.Name).Distinct().Order(StringComparer.Ordinal)];
        string[] things = [.. names.Where(line => line.Level == 0).Select(line => line.Name).Distinct().Order(StringComparer.Ordinal)];
        if ((long)parts.Length * things.Length > MostPairs)
        {
            throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{_folder}: expected names of objects and parts that make at most {MostPairs} pairs; found {things.Length} objects and {parts.Length} parts"));
        }

        // Which part belongs to which object only the pictures tell, so every pair is a value that a part may have.
        return [new("part", [.. parts]), new("object", [.. things]), new("category", [.. things.SelectMany(thing => parts.Select(part => $"{thing} {part}")), .. parts])];
    }

    private ImmutableArray<string> Find()
    {
        if (!Directory.Exists(_folder))
        {
            throw new DatasetException($"{_folder}: expected the dataset's folder; there is none of this name (looked for {Path.GetFullPath(_folder)})");
        }

        ImmutableArray<string> found =
            [.. Directory.EnumerateFiles(_folder, $"*{PartsEnding}", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => file[..^PartsEnding.Length])];
        return found.Length > 0 ? found : throw new DatasetException($"{_folder}: expected pictures with parts (NAME.jpg, NAME_seg.png, NAME{PartsEnding}, NAME_atr.txt) in this folder or its folders; found none");
    }
}
