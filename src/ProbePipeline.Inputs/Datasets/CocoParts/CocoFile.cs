using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProbePipeline.Inputs.Datasets.CocoParts;

/// <summary>What is read of a file in COCO's form (cocodataset.org, "Data format"); PACO adds <c>obj_ann_id</c> to annotations.</summary>
internal sealed record CocoFile(
    [property: JsonPropertyName("images")] ImmutableArray<CocoFile.Picture> Images,
    [property: JsonPropertyName("annotations")] ImmutableArray<CocoFile.Annotation> Annotations,
    [property: JsonPropertyName("categories")] ImmutableArray<CocoFile.Category> Categories)
{
    private static readonly JsonSerializerOptions Options = new() { MaxDepth = 16, RespectRequiredConstructorParameters = false };

    /// <exception cref="DatasetException">The file cannot be read, or has another form.</exception>
    public static CocoFile Read(string path)
    {
        try
        {
            var text = StrictJson.WithWholeStrings(BoundedFile.Read(path, Array.MaxLength), Options.MaxDepth);
            return JsonSerializer.Deserialize<CocoFile>(text.Span, Options) is { Images.IsDefaultOrEmpty: false, Annotations.IsDefaultOrEmpty: false, Categories.IsDefaultOrEmpty: false } file
                ? file.Images.Contains(null!) || file.Annotations.Contains(null!) || file.Categories.Contains(null!)
                    ? throw new DatasetException($"{path}: expected objects in images, annotations and categories; found null among them")
                    : file
                : throw new DatasetException($"{path}: expected COCO's lists images, annotations and categories, none of them empty");
        }
        catch (JsonException error)
        {
            throw new DatasetException($"{path}: expected a file in COCO's form (images, annotations, categories); {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DatasetException($"{path}: the annotations cannot be read ({error.Message}). Check the path and its permissions.", error);
        }
    }

    internal sealed record Picture([property: JsonPropertyName("id")] long Id, [property: JsonPropertyName("file_name")] string? FileName);

    internal sealed record Category(
        [property: JsonPropertyName("id")] long Id, [property: JsonPropertyName("name")] string? Name, [property: JsonPropertyName("supercategory")] string? Supercategory);

    internal sealed record Annotation(
        [property: JsonPropertyName("id")] long Id,
        [property: JsonPropertyName("image_id")] long ImageId,
        [property: JsonPropertyName("category_id")] long CategoryId,
        [property: JsonPropertyName("segmentation")] JsonElement Segmentation,
        [property: JsonPropertyName("iscrowd")] int IsCrowd);
}
