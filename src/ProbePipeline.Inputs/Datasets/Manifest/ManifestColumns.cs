using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets.Manifest;

/// <summary>Which column of a table says what. A column that is not named here is found by one of the usual names; null: there is none.</summary>
public sealed record ManifestColumns
{
    /// <summary>The picture: a path, bytes, or the datasets library's structure of both (usual: picture, image, file_name).</summary>
    public string? Picture { get; init; }

    /// <summary>What names the picture; rows of one name ask about one picture (usual: pictureId; else the path).</summary>
    public string? PictureId { get; init; }

    /// <summary>What names the row (usual: id; else the picture's name and a number).</summary>
    public string? Id { get; init; }

    /// <summary>The region as a picture: a path, bytes, or a structure of both (usual: mask).</summary>
    public string? Mask { get; init; }

    /// <summary>The value of the region's pixels in the mask (usual: maskValue; else everything but 0).</summary>
    public string? MaskValue { get; init; }

    /// <summary>The region as one polygon [x, y, x, y, ...] or a list of them (usual: polygon, segmentation).</summary>
    public string? Polygon { get; init; }

    /// <summary>The region as COCO's run-length encoding, { size: [height, width], counts } (usual: rle).</summary>
    public string? Rle { get; init; }

    /// <summary>The region as a box [x, y, width, height] in pixels (usual: box, bbox).</summary>
    public string? Box { get; init; }

    /// <summary>The region as a point [x, y] in pixels: the pixel that holds it (usual: point).</summary>
    public string? Point { get; init; }

    /// <summary>What pictures have in common that must not be split apart (usual: group).</summary>
    public string? Group { get; init; }

    /// <summary>The dataset's own split: train, validation or test (usual: split).</summary>
    public string? Split { get; init; }

    /// <summary>The columns that describe a row; empty: every other column with a text, number, true or false, and the members of a structure called attributes.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>Two are equal when they name the same columns.</summary>
    public bool Equals(ManifestColumns? other) => other is not null && Named.SequenceEqual(other.Named) && Attributes.SequenceEqual(other.Attributes);

    /// <inheritdoc/>
    public override int GetHashCode() => string.Join('\n', Named.Concat(Attributes)).GetHashCode(StringComparison.Ordinal);

    private string?[] Named => [Picture, PictureId, Id, Mask, MaskValue, Polygon, Rle, Box, Point, Group, Split];
}
