using ProbePipeline.Inputs.Datasets.Listing;
using ProbePipeline.Inputs.Datasets.Tables;

namespace ProbePipeline.Inputs.Datasets.Manifest;

/// <summary>The picture of a row.</summary>
/// <param name="Id">What rows about the same picture have in common.</param>
/// <param name="Source">Where it lies.</param>
/// <param name="Group">What it has in common with other pictures; null: nothing.</param>
/// <param name="Split">The dataset's own split; null: none.</param>
internal sealed record RowPicture(string Id, PictureSource Source, string? Group, string? Split)
{
    public static RowPicture Of(TableRow row, ColumnRoles roles, string folder)
    {
        var source = PictureSource.Of(row, roles.Picture, folder);
        return new RowPicture(
            Text(row, roles.PictureId) ?? source.Path ?? row.Place,
            source,
            Text(row, roles.Group),
            Text(row, roles.Split) is { } split ? SplitOf(split, row, roles.Split!) : null);
    }

    private static string? Text(TableRow row, string? column) => column is null ? null : Cell.Text(row[column]);

    private static string SplitOf(string text, TableRow row, string column) => text.ToUpperInvariant() switch
    {
        "TRAIN" or "TRAINING" => "train",
        "VALIDATION" or "VAL" or "VALID" or "DEV" => "validation",
        "TEST" or "TESTING" => "test",
        _ => throw new DatasetException($"{row.Place}: {column}: expected train, validation or test; found '{text}'; a column that means something else is not the split (dataset.columns.split)"),
    };
}
