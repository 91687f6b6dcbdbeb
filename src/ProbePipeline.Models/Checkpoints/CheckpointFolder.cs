using ProbePipeline.Inputs;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>Files of a checkpoint folder, by names that its index gives: none leaves the folder.</summary>
internal static class CheckpointFolder
{
    /// <summary>The full path of a file in the folder.</summary>
    /// <exception cref="CheckpointException">The name leaves the folder, or there is no such file.</exception>
    public static string File(string folder, string name, string namedBy)
    {
        if (name.Length == 0 || Path.IsPathRooted(name) || name.Split('/').Contains("..") || name.AsSpan().IndexOfAny('\\', ':', '\0') >= 0)
        {
            throw new CheckpointException($"{namedBy} names the file '{name}', which leaves the folder; files of a checkpoint lie inside its folder");
        }

        if (PickledFiles.Holds(name))
        {
            throw new CheckpointException($"{namedBy} names the file '{name}'. {PickledFiles.Advice}");
        }

        var path = Path.Combine(folder, name);
        if (!System.IO.File.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            throw new CheckpointException($"{path} is missing, though {namedBy} names it; download the checkpoint again");
        }

        try
        {
            return FolderBorder.Outside(folder, path) is { } outside ? throw new CheckpointException($"{path} is a link to {outside}, which leaves the checkpoint's folder") : path;
        }
        catch (IOException error)
        {
            throw new CheckpointException($"{path} cannot be read: {error.Message}", error);
        }
    }
}
