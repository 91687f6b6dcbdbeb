using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ProbePipeline.Inputs.Datasets.Ade20kParts;

/// <summary>
/// The text beside a picture of ADE20K, <c>_atr.txt</c>: a line an instance, "instance # part level # occluded # class # name # attributes" (the dataset's page, "Description of the
/// annotations"). The class is a list of words for one thing; the first names it.
/// </summary>
/// <param name="Level">0 for objects, from 1 for parts of parts.</param>
/// <param name="Instance">From 1 on, by itself at every level.</param>
/// <param name="Name">What it is.</param>
internal sealed record AdeAttributes(int Level, int Instance, string Name)
{
    // A line an instance, of which a picture has less than 256 at a level.
    private const int LargestFile = 16 << 20;

    /// <exception cref="DatasetException">The file cannot be read, or a line has another form.</exception>
    public static ImmutableArray<AdeAttributes> Read(string path)
    {
        try
        {
            return [.. Encoding.UTF8.GetString(BoundedFile.Read(path, LargestFile)).ReplaceLineEndings("\n").Split('\n').Index().Where(line => line.Item.Trim().Length > 0).Select(line => Parse(line.Item, path, line.Index + 1))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new DatasetException($"{path}: the names of the instances cannot be read ({error.Message}). Check the path and its permissions.", error);
        }
    }

    private static AdeAttributes Parse(string line, string path, int number) =>
        line.Split('#', StringSplitOptions.TrimEntries) is [var instance, var level, _, var names, ..]
        && int.TryParse(instance, NumberStyles.None, CultureInfo.InvariantCulture, out var which) && int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var depth)
        && names.Split(',')[0].Trim() is { Length: > 0 } name
            ? new AdeAttributes(depth, which, name)
            : throw new DatasetException(string.Create(
                CultureInfo.InvariantCulture, $"{path}, line {number}: expected \"instance # part level # occluded # class # name # attributes\"; found '{(line.Length > 80 ? line[..80] : line)}'"));
}
