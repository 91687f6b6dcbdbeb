using ProbePipeline.Inputs.Datasets.Tables;
using ProbePipeline.Inputs.Pictures;

namespace ProbePipeline.Inputs.Datasets.Listing;

/// <summary>Where a picture or a mask of a table lies: in a file, or in the table itself.</summary>
/// <param name="name">How errors name it.</param>
/// <param name="path">Its path as the table has it; null: the table holds it without one.</param>
/// <param name="bytes">Reads it.</param>
internal sealed class PictureSource(string name, string? path, Func<byte[]> bytes)
{
    /// <summary>How errors name it.</summary>
    public string Name => name;

    /// <summary>Its path as the table has it; null: the table holds it without one.</summary>
    public string? Path => path;

    /// <summary>All of the file.</summary>
    /// <exception cref="PictureException">It cannot be read.</exception>
    public byte[] Read()
    {
        try
        {
            return bytes();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or DatasetException or FormatException)
        {
            throw new PictureException($"{name}: the picture cannot be read ({error.Message}). Check the path and its permissions.", error);
        }
    }

    /// <summary>The pixels.</summary>
    /// <exception cref="PictureException">It cannot be read, or is no picture.</exception>
    public Picture Decode() => PictureDecoder.Decode(Read(), name);

    /// <summary>A file.</summary>
    /// <param name="path">Its path.</param>
    public static PictureSource OfFile(string path) => new(path, path, Reader(path));

    /// <summary>A file by the path that a dataset has for it.</summary>
    /// <param name="folder">The folder that paths start at, and that none leaves.</param>
    /// <param name="path">The path.</param>
    /// <param name="place">Where the path stands, for errors.</param>
    /// <exception cref="DatasetException">The path leaves the folder.</exception>
    public static PictureSource OfFile(string folder, string path, string place) =>
        new(path, path, Reader(folder, Within(folder, path, place)));

    /// <summary>What a cell says: a path; or bytes, by themselves or in the datasets library's structure with a path (feature Image, datasets 5.2).</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">Its column, without bytes.</param>
    /// <param name="folder">The folder that paths start at, and that none leaves.</param>
    /// <exception cref="DatasetException">The cell is neither, or its path leaves the folder.</exception>
    public static PictureSource Of(TableRow row, string column, string folder)
    {
        var (place, again) = (row.Place, row.Again);
        return row[column] switch
        {
            string text => OfFile(folder, text, $"{place}: {column}"),
            // What the table holds is let go and read again when it is needed.
            null => new PictureSource($"{place}: {column}", null, () => Held(again(column), folder, place, column)),
            Dictionary<string, object?> structure => new PictureSource(
                structure.GetValueOrDefault("path") is string named ? $"{place}: {named}" : $"{place}: {column}",
                structure.GetValueOrDefault("path") as string,
                () => Held(again(column), folder, place, column)),
            var cell => throw new DatasetException($"{place}: {column}: expected a picture's path or its bytes; found {Cell.Shown(cell)}"),
        };
    }

    private static Func<byte[]> Reader(string path) => () => BoundedFile.Read(path, PictureDecoder.LargestFile);

    private static Func<byte[]> Reader(string folder, string path) => () => FolderBorder.Outside(folder, path) is { } outside
        ? throw new DatasetException($"{path} leads by a link to {outside}, which is outside of {folder}; name the folder that holds all pictures (dataset.pictures), or put the files themselves there")
        : BoundedFile.Read(path, PictureDecoder.LargestFile);

    private static byte[] Held(object? cell, string folder, string place, string column) => cell switch
    {
        byte[] bytes => bytes,
        Dictionary<string, object?> structure when structure.GetValueOrDefault("bytes") is byte[] bytes => bytes,
        Dictionary<string, object?> structure when structure.GetValueOrDefault("bytes") is string text => Convert.FromBase64String(text),
        Dictionary<string, object?> structure when structure.GetValueOrDefault("path") is string path => Reader(folder, Within(folder, path, $"{place}: {column}"))(),
        _ => throw new DatasetException($"{place}: {column}: expected a picture's path or its bytes; found {Cell.Shown(cell)}"),
    };

    private static string Within(string folder, string path, string place) => FolderBorder.PathOf(folder, path)
        ?? throw new DatasetException($"{place}: expected a path inside of {folder}, found '{path}'; name the folder that holds all pictures (dataset.pictures)");
}
