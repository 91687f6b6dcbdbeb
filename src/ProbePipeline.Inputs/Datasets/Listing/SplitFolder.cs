namespace ProbePipeline.Inputs.Datasets.Listing;

/// <summary>Datasets whose folders are called after the parts of their split.</summary>
internal static class SplitFolder
{
    /// <summary>The part that a folder on the way to a file names; null: none does.</summary>
    /// <param name="root">The dataset's folder.</param>
    /// <param name="file">The file.</param>
    public static string? Of(string root, string file) => Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[..^1].Select(Named).FirstOrDefault(split => split is not null);

    private static string? Named(string folder) => folder.ToUpperInvariant() switch
    {
        "TRAIN" or "TRAINING" => "train",
        "VAL" or "VALIDATION" => "validation",
        "TEST" or "TESTING" => "test",
        _ => null,
    };
}
