using System.Xml.Linq;
using ArchUnitNET.Loader;
using ProbePipeline.Testing;

namespace ProbePipeline.Architecture.Tests;

/// <summary>The house as it stands: its projects, its source files and its compiled types.</summary>
internal static class House
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    public static IReadOnlyList<string> ProjectNames { get; } =
        [.. Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The floor plan's lines for the projects that exist.</summary>
    public static IReadOnlyList<ProjectRule> Rules { get; } = [.. ProjectRule.All.Where(rule => ProjectNames.Contains(rule.Name))];

    public static IReadOnlyList<SourceFile> SourceFiles { get; } = [.. Read(Source)];

    public static IReadOnlyList<SourceFile> TestFiles { get; } = [.. Read(Path.Combine(Repository.Root, "tests"))];

    public static ArchUnitNET.Domain.Architecture Types { get; } = new ArchLoader()
        .LoadAssemblies([.. Rules.Select(rule => rule.AssemblyName).Append(typeof(House).Assembly.GetName().Name!).Select(System.Reflection.Assembly.Load)])
        .Build();

    /// <summary>The projects and packages that a project file names.</summary>
    public static IReadOnlyList<string> ReferencesOf(string project) =>
        ReferencesIn(File.ReadAllText(Path.Combine(Source, project, $"{project}.csproj")));

    internal static IReadOnlyList<string> ReferencesIn(string projectFile)
    {
        var root = XElement.Parse(projectFile);
        return
        [
            .. root.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))),
            .. root.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value),
        ];
    }

    private static IEnumerable<SourceFile> Read(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
        select new SourceFile(path, File.ReadAllText(file));
}
