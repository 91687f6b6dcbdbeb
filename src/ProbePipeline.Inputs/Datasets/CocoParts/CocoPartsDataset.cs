using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Inputs.Datasets.Listing;
using ProbePipeline.Inputs.Datasets.Tables;

namespace ProbePipeline.Inputs.Datasets.CocoParts;

/// <summary>
/// Parts in COCO's form. PACO (Ramanathan et al. 2023, paco_lvis_v1) names parts <c>object:part</c>, whole objects stand beside them and are passed over;
/// PartImageNet (He et al. 2022) names parts <c>Quadruped Head</c> under the supercategory <c>Quadruped</c>. Attributes: <c>part</c>, <c>object</c> and
/// <c>category</c>, the name as the file has it. Annotations of crowds are no parts.
/// </summary>
public sealed class CocoPartsDataset : IPartDataset
{
    private readonly string _annotations;
    private readonly string _folder;
    private readonly Lazy<(ImmutableArray<ListedPicture> Pictures, ImmutableArray<PartAttribute> Attributes)> _list;

    /// <param name="annotations">The JSON file. Nothing is read yet.</param>
    /// <param name="pictures">The folder that file names start at; null: that of the JSON file.</param>
    public CocoPartsDataset(string annotations, string? pictures)
    {
        (_annotations, _folder) = (annotations, pictures ?? Path.GetDirectoryName(Path.GetFullPath(annotations))!);
        _list = new(List);
    }

    /// <inheritdoc/>
    public string Name => "coco-parts";

    /// <inheritdoc/>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{_annotations}: {PictureCount} pictures with {_list.Value.Pictures.Sum(picture => picture.Parts.Length)} parts");

    /// <inheritdoc/>
    public int PictureCount => _list.Value.Pictures.Length;

    /// <inheritdoc/>
    public ImmutableArray<PartAttribute> Attributes => _list.Value.Attributes;

    /// <inheritdoc/>
    public IEnumerable<PartPicture> Pictures => _list.Value.Pictures.Select((picture, index) => picture.At(index));

    private (ImmutableArray<ListedPicture> Pictures, ImmutableArray<PartAttribute> Attributes) List()
    {
        var file = CocoFile.Read(_annotations);
        var categories = Unique(file.Categories, category => category.Id, "categories");
        // Where some categories are parts of objects, the others are the objects.
        var marked = file.Categories.Any(category => category.Name?.Contains(':', StringComparison.Ordinal) == true);
        var names = categories.Where(category => !marked || category.Value.Name?.Contains(':', StringComparison.Ordinal) == true).ToDictionary(category => category.Key, category => NamesOf(category.Value));
        var pictures = Unique(file.Images, picture => picture.Id, "images");
        var parts = file.Annotations.Where(annotation => annotation.IsCrowd == 0).Select(annotation => (Annotation: annotation, Names: KnownNames(annotation))).Where(part => part.Names is not null).ToLookup(part => part.Annotation.ImageId);
        if (parts.FirstOrDefault(picture => !pictures.ContainsKey(picture.Key)) is { } lost)
        {
            throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{_annotations}: annotation {lost.First().Annotation.Id}: expected the id of an image; found {lost.Key}, which images does not have"));
        }

        return (
            [
                .. file.Images.Where(picture => parts.Contains(picture.Id)).Select(picture => new ListedPicture(
                    FileName(picture), PictureSource.OfFile(_folder, FileName(picture), _annotations), null, null, [.. parts[picture.Id].Select(part => Part(part.Annotation, part.Names!.Value))])),
            ],
            [
                new("part", [.. names.Values.Select(name => name.Part).Distinct().Order(StringComparer.Ordinal)]),
                new("object", [.. names.Values.Select(name => name.Object).Distinct().Order(StringComparer.Ordinal)]),
                new("category", [.. names.Values.Select(name => name.Category).Distinct().Order(StringComparer.Ordinal)]),
            ]);

        (string Part, string Object, string Category)? KnownNames(CocoFile.Annotation annotation) => names.TryGetValue(annotation.CategoryId, out var known) ? known
            : categories.ContainsKey(annotation.CategoryId) ? default((string, string, string)?)
            : throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{_annotations}: annotation {annotation.Id}: expected the id of a category; found {annotation.CategoryId}, which categories does not have"));
    }

    private ListedPart Part(CocoFile.Annotation annotation, (string Part, string Object, string Category) names)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{_annotations}: annotation {annotation.Id}");
        return new ListedPart(
            annotation.Id.ToString(CultureInfo.InvariantCulture),
            place,
            RegionCells.Segmentation(JsonCells.Of(annotation.Segmentation), "segmentation"),
            [new("part", names.Part), new("object", names.Object), new("category", names.Category)]);
    }

    private (string Part, string Object, string Category) NamesOf(CocoFile.Category category)
    {
        var name = category.Name ?? throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{_annotations}: category {category.Id}: expected a name"));
        var above = category.Supercategory ?? "";
        return name.Split(':', 2) is [var thing, var part] ? (part, thing, name)
            : above.Length > 0 && name.StartsWith($"{above} ", StringComparison.Ordinal) ? (name[(above.Length + 1)..], above, name)
            : (name, above, name);
    }

    private string FileName(CocoFile.Picture picture) =>
        picture.FileName ?? throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{_annotations}: image {picture.Id}: expected a file_name"));

    private Dictionary<long, T> Unique<T>(ImmutableArray<T> items, Func<T, long> id, string list)
    {
        var byId = new Dictionary<long, T>();
        return items.FirstOrDefault(item => !byId.TryAdd(id(item), item)) is { } twice
            ? throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{_annotations}: {list}: expected every id once; found {id(twice)} twice"))
            : byId;
    }
}
