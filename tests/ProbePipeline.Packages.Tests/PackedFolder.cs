using System.IO.Compression;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using ProbePipeline.Testing;

namespace ProbePipeline.Packages.Tests;

/// <summary>Every package, in a folder that is gone after the tests, made from what is built.</summary>
public sealed class PackedFolder : IAsyncLifetime
{
    private readonly string _path = Directory.CreateTempSubdirectory("probe-packages-").FullName;

    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    private static string Cache => typeof(PackedFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PackageCache").Value!;

    /// <summary>Where the packages lie.</summary>
    public string Packages => this["packages"];

    /// <summary>The libraries' and the tool's version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>The names of the packages, symbols aside.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    public string this[string name] => Path.Combine(_path, name);

    public async ValueTask InitializeAsync()
    {
        await DotNet.Run(Repository.Root, "pack", "ProbePipeline.sln", "--no-build", "--configuration", Configuration, "--output", Packages);
        // Restored and built is this platform's command alone: nothing that another test reads is written.
        await DotNet.Run(
            Repository.Root, "pack", Path.Combine("src", "ProbePipeline.Cli"), "--no-restore", "--configuration", Configuration, "--output", Packages, "--runtime", RuntimeInformation.RuntimeIdentifier,
            "-property:BuildProjectReferences=false", $"-property:PublishDir={this["publish"]}{Path.DirectorySeparatorChar}");
        Directory.Delete(this["publish"], recursive: true);

        const string Pointer = "probe-pipeline.";
        Version = Directory.EnumerateFiles(Packages, $"{Pointer}*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)[Pointer.Length..]).Single(rest => char.IsDigit(rest[0]));
        Names = [.. Directory.EnumerateFiles(Packages, "*.nupkg").Select(file => Path.GetFileName(file).Replace($".{Version}.nupkg", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_path, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What a package says of itself.</summary>
    public XElement Metadata(string name)
    {
        using var archive = Open(name, "nupkg");
        using var nuspec = archive.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    /// <summary>The paths of a package's files.</summary>
    /// <param name="name">The package.</param>
    /// <param name="kind">nupkg or snupkg.</param>
    public IReadOnlyList<string> Files(string name, string kind = "nupkg")
    {
        using var archive = Open(name, kind);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    /// <summary>Builds and runs a program of one file that refers to packages, far from the repository.</summary>
    /// <param name="name">Its folder's name.</param>
    /// <param name="program">The file.</param>
    /// <param name="references">Packages and versions.</param>
    /// <returns>What it prints.</returns>
    public async Task<string> RunConsumer(string name, string program, params (string Package, string Version)[] references)
    {
        var folder = Directory.CreateDirectory(this[name]).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references.Select(reference => $"""<PackageReference Include="{reference.Package}" Version="{reference.Version}" />"""))}
              </ItemGroup>
            </Project>
            """, TestContext.Current.CancellationToken);
        // Ours go to a folder of the test, those of others are found where the build has them; no source beyond the packed folder is asked.
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Packages}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="cache" value="{Cache}" />
              </fallbackPackageFolders>
            </configuration>
            """, TestContext.Current.CancellationToken);

        await DotNet.Run(folder, "build", "--configuration", "Release", $"-property:RestorePackagesPath={this["cache"]}");
        Assert.All(
            references.Where(reference => Names.Contains(reference.Package)),
            reference => Assert.True(Directory.Exists(Path.Combine(this["cache"], reference.Package.ToLowerInvariant())), $"{reference.Package} {reference.Version} was taken from {Cache}; delete it there"));
        return await DotNet.Run(folder, Path.Combine(folder, "bin", "Release", "net10.0", $"{name}.dll"));
    }

    private ZipArchive Open(string name, string kind) => ZipFile.OpenRead(Path.Combine(Packages, $"{name}.{Version}.{kind}"));
}
