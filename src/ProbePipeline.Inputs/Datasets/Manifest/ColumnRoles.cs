using System.Collections.Immutable;

namespace ProbePipeline.Inputs.Datasets.Manifest;

/// <summary>The columns of a table by what they say.</summary>
internal sealed record ColumnRoles(
    string Picture, string? PictureId, string? Id, string? Mask, string? MaskValue, string? Polygon, string? Rle, string? Box, string? Point, string? Group, string? Split)
{
    /// <summary>The structure whose members describe a row, in the form that exports write.</summary>
    public const string Structure = "attributes";

    /// <summary>Whether a row can have a region of its own; where none can, the region is the whole picture.</summary>
    public bool MarkRegions => (Mask ?? Polygon ?? Rle ?? Box ?? Point) is not null;

    private IEnumerable<string?> All => [Picture, PictureId, Id, Mask, MaskValue, Polygon, Rle, Box, Point, Group, Split];

    /// <param name="columns">What was said about them.</param>
    /// <param name="known">The table's columns.</param>
    /// <param name="path">The table, for errors.</param>
    /// <exception cref="DatasetException">A column is not there, or there is none with pictures.</exception>
    public static ColumnRoles Of(ManifestColumns columns, ImmutableArray<string> known, string path)
    {
        if (known.IsEmpty)
        {
            throw new DatasetException($"{path}: expected a row a part; found a table without rows");
        }

        return new ColumnRoles(
            Find(columns.Picture, "picture", "image", "file_name") ?? throw new DatasetException(
                $"{path}: expected a column with pictures, called picture, image or file_name, or named by columns.picture; found {string.Join(", ", known)}"),
            Find(columns.PictureId, "pictureId"),
            Find(columns.Id, "id"),
            Find(columns.Mask, "mask"),
            Find(columns.MaskValue, "maskValue"),
            Find(columns.Polygon, "polygon", "segmentation"),
            Find(columns.Rle, "rle"),
            Find(columns.Box, "box", "bbox"),
            Find(columns.Point, "point"),
            Find(columns.Group, "group"),
            Find(columns.Split, "split"));

        string? Find(string? chosen, params string[] usual) => chosen is null ? usual.FirstOrDefault(name => known.Contains(name))
            : known.Contains(chosen) ? chosen
            : throw Missing(chosen, known, path);
    }

    /// <summary>The columns that describe a row.</summary>
    /// <param name="chosen">Those that were named; empty: every other.</param>
    /// <param name="known">The table's columns.</param>
    /// <param name="path">The table, for errors.</param>
    /// <exception cref="DatasetException">A column is not there.</exception>
    public ImmutableArray<string> Attributes(ImmutableArray<string> chosen, ImmutableArray<string> known, string path) =>
        chosen.FirstOrDefault(name => !known.Contains(name)) is { } missing
            ? throw Missing(missing, known, path)
            : chosen.IsEmpty ? [.. known.Except(All.OfType<string>())] : chosen;

    private static DatasetException Missing(string name, ImmutableArray<string> known, string path) =>
        new($"{path}: expected a column '{name}', as the experiment names it; the table has {string.Join(", ", known)}{NearestName.Of(name, known)}");
}
