using System.Text.Json;

namespace ProbePipeline.Inputs.Datasets;

/// <summary>A folder that an export writes into: a new or empty one, or one that an export of the same dataset has made. Nothing is ever deleted.</summary>
internal sealed class ExportFolder
{
    /// <summary>The file that tells an export's folder from any other.</summary>
    public const string Mark = "dataset.json";

    private const string Form = "ProbePipeline part dataset 1";
    private const string Unfinished = ".partial";

    private readonly string _path;

    private ExportFolder(string path) => _path = path;

    /// <summary>Takes the folder for a dataset.</summary>
    /// <exception cref="DatasetException">It holds something else.</exception>
    public static ExportFolder Claim(string path, IPartDataset dataset)
    {
        if (File.Exists(path))
        {
            throw new DatasetException($"{path}: expected a folder for the dataset, found a file. Choose another folder.");
        }

        var folder = new ExportFolder(path);
        var mark = new Contents(Form, dataset.Name, dataset.Description);
        if (folder.IsEmpty())
        {
            // An export that was stopped leaves the mark behind, and may go on.
            folder.Write(Mark, stream => JsonSerializer.Serialize(stream, mark, DatasetExport.Json));
        }
        else if (folder.ReadMark() is var found && found != mark)
        {
            throw new DatasetException(found is null
                ? $"{path}: expected a new or empty folder, or one that an export made; found one with other files and without a {Mark} of ours. "
                    + "Choose another folder: nothing in it was touched."
                : $"{path}: holds an export of another dataset ({found.Description}); this one is {mark.Description}. "
                    + "Choose another folder, or delete that one.");
        }

        return folder;
    }

    /// <summary>Writes a file under a temporary name and renames it once it is on the disk.</summary>
    public void Write(string name, Action<Stream> write)
    {
        var path = Path.Combine(_path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var stream = File.Create(path + Unfinished))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(path + Unfinished, path, overwrite: true);
    }

    private bool IsEmpty() => !Directory.Exists(_path)
        || Directory.EnumerateFileSystemEntries(_path).All(entry => Path.GetFileName(entry) == Mark + Unfinished);

    private Contents? ReadMark()
    {
        try
        {
            var mark = JsonSerializer.Deserialize<Contents>(File.ReadAllBytes(Path.Combine(_path, Mark)), DatasetExport.Json);
            return mark?.Form == Form ? mark : null;
        }
        catch (Exception failure) when (failure is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    private sealed record Contents(string Form, string Name, string Description);
}
