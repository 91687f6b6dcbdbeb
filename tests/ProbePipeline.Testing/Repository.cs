namespace ProbePipeline.Testing;

/// <summary>The checkout that the running tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ProbePipeline.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No ProbePipeline.sln above {AppContext.BaseDirectory}.");
    }
}
