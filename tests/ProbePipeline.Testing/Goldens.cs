namespace ProbePipeline.Testing;

/// <summary>The folder of reference outputs: <c>PROBE_GOLDENS</c>, or the copy committed under tests/goldens.</summary>
public static class Goldens
{
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("PROBE_GOLDENS") is { Length: > 0 } chosen ? Path.GetFullPath(chosen) : Path.Combine(Repository.Root, "tests", "goldens");

    public static string Folder(params string[] parts) => Path.Combine([Root, .. parts]);
}
