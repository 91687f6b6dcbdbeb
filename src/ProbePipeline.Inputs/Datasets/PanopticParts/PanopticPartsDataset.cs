using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Datasets.Listing;

namespace ProbePipeline.Inputs.Datasets.PanopticParts;

/// <summary>
/// Pascal Panoptic Parts and Cityscapes Panoptic Parts: a label picture a picture. Attributes: <c>part</c>, <c>object</c> (the class that has it) and <c>category</c>, both together.
/// Where folders are called train, val or test, they are the split. A label picture is read when the parts of its picture are first asked for.
/// </summary>
public sealed class PanopticPartsDataset : IPartDataset
{
    private static readonly string[] LabelEndings = [".tif", ".tiff", ".png"];
    private static readonly string[] Suffixes = ["_gtFinePanopticParts", "_leftImg8bit"];

    private readonly string _labels;
    private readonly string _pictures;
    private readonly string _definitions;
    private readonly Lazy<PartDefinitions> _names;
    private readonly Lazy<ImmutableArray<(string Label, string Picture)>> _files;

    /// <param name="labels">The folder of label pictures, searched with all its folders. Nothing is read yet.</param>
    /// <param name="pictures">The folder of pictures; a picture belongs to the label of its name, what Cityscapes adds to names left aside.</param>
    /// <param name="definitions">The dataset's own specification, cpp_datasetspec.yaml or ppp_datasetspec.yaml.</param>
    public PanopticPartsDataset(string labels, string pictures, string definitions)
    {
        (_labels, _pictures, _definitions) = (labels, pictures, definitions);
        _names = new(() => PartDefinitions.Read(definitions));
        _files = new(Match);
    }

    /// <inheritdoc/>
    public string Name => "panoptic-parts";

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{_labels}: {PictureCount} pictures, names of {_definitions}");

    /// <inheritdoc/>
    public int PictureCount => _files.Value.Length;

    /// <inheritdoc/>
    public ImmutableArray<PartAttribute> Attributes
    {
        get
        {
            var classes = _names.Value.Classes;
            return
            [
                new("part", [.. classes.SelectMany(one => one.Parts.Skip(1)).Distinct()]),
                new("object", [.. classes.Where(one => one.Parts.Length > 1).Select(one => one.Name).Distinct()]),
                new("category", [.. classes.SelectMany(one => one.Parts.Skip(1).Select(part => $"{one.Name} {part}")).Distinct()]),
            ];
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PartPicture> Pictures => _files.Value.Select((file, index) =>
    {
        var source = PictureSource.OfFile(file.Picture);
        var id = StemOf(file.Label);
        return new PartPicture(id, index, source.Decode, () => Parts(id, file.Label)) { Split = SplitFolder.Of(_labels, file.Label) };
    });

    private ImmutableArray<PicturePart> Parts(string id, string label)
    {
        var grid = LabelFile.Read(label);
        return
        [
            .. from value in grid.Values.Distinct().Order()
               let uid = Uid(label, value)
               where uid.Part is > 0
               let names = NamesOf(label, value, uid)
               select new PicturePart(
                   string.Create(CultureInfo.InvariantCulture, $"{id}/{value}"),
                   // The grid is not kept: pictures of a city at full size are many megabytes of labels.
                   () => LabelFile.Read(label).Where(value),
                   [new("part", names.Part), new("object", names.Object), new("category", $"{names.Object} {names.Part}")]),
        ];
    }

    private static PanopticUid Uid(string label, int value)
    {
        try
        {
            return PanopticUid.Of(value);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{label}: expected labels from 0 to 9999999; found {value}; is this a label picture of Panoptic Parts?"), error);
        }
    }

    private (string Part, string Object) NamesOf(string label, int value, PanopticUid uid)
    {
        var classes = _names.Value.Classes;
        return uid.Semantic < classes.Length && uid.Part < classes[uid.Semantic].Parts.Length
            ? (classes[uid.Semantic].Parts[uid.Part.Value], classes[uid.Semantic].Name)
            : throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture, $"{label}: label {value} is part {uid.Part} of class {uid.Semantic}, which {_definitions} does not name; expected the definitions of this very dataset"));
    }

    private ImmutableArray<(string Label, string Picture)> Match()
    {
        var pictures = Files(_pictures).ToLookup(StemOf, StringComparer.Ordinal);
        ImmutableArray<(string Label, string Picture)> found =
        [
            .. from label in Files(_labels)
               where LabelEndings.Contains(Path.GetExtension(label).ToLowerInvariant())
               // Where labels and pictures share a folder, a label is not its own picture.
               let own = pictures[StemOf(label)].Where(picture => picture != label).ToArray()
               select (label, own is [var only] ? only : throw new DatasetException(
                   $"{label}: expected one picture of the same name in {_pictures}; found {string.Join(", ", own.DefaultIfEmpty("none"))}")),
        ];
        return found.Length > 0 ? found : throw new DatasetException($"{_labels}: expected label pictures ({string.Join(", ", LabelEndings)}) in this folder or its folders; found none");
    }

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : throw new DatasetException($"{folder}: expected a folder; there is none of this name (looked for {Path.GetFullPath(folder)})");

    private static string StemOf(string file) => Suffixes.Aggregate(Path.GetFileNameWithoutExtension(file), (stem, suffix) => stem.EndsWith(suffix, StringComparison.Ordinal) ? stem[..^suffix.Length] : stem);
}
