using System.Runtime.InteropServices;
using System.Xml.Linq;
using ProbePipeline.Testing;

namespace ProbePipeline.Packages.Tests;

/// <summary>What the packages hold and say of themselves.</summary>
[Collection(nameof(PackedFolderCollection))]
[Trait("Category", "Packages")]
public sealed class PackageContentTests(PackedFolder packed)
{
    private static readonly string Tool = $"probe-pipeline.{RuntimeInformation.RuntimeIdentifier}";

    private static IReadOnlyList<string> Libraries { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)).Where(name => name != "ProbePipeline.Cli").Order(StringComparer.Ordinal)];

    [Fact]
    public void Pack_OfTheSolution_MakesEveryLibraryAndTheTool() =>
        Assert.Equal([.. Libraries.Append("probe-pipeline").Append(Tool).Order(StringComparer.Ordinal)], packed.Names);

    [Fact]
    public void Metadata_OfEveryPackage_IsWhole()
    {
        foreach (var name in packed.Names)
        {
            var metadata = packed.Metadata(name);
            Assert.Equal(("MIT", "readme.md", "icon.png", "ProbePipeline contributors"), (Value("license"), Value("readme"), Value("icon"), Value("authors")));
            Assert.Equal(packed.Version, Value("version"));
            Assert.True(Value("description") is { Length: > 20 } and not "Package Description", name);
            Assert.Contains("probing", Value("tags").Split(' '));
            Assert.Superset(new HashSet<string> { "readme.md", "icon.png" }, packed.Files(name).ToHashSet());
            // An address is that of a host or none: never a folder of the machine that packed.
            var repository = metadata.Elements().SingleOrDefault(element => element.Name.LocalName == "repository");
            Assert.True(repository?.Attribute("url") is not { Value: var address } || address.StartsWith("https://", StringComparison.Ordinal), $"{name}: {repository}");

            string Value(string element) => metadata.Elements().Single(found => found.Name.LocalName == element).Value;
        }
    }

    [Fact]
    public void Descriptions_OfThePackages_AreTheirOwn() =>
        Assert.Distinct(Libraries.Select(name => packed.Metadata(name).Elements().Single(element => element.Name.LocalName == "description").Value));

    [Fact]
    public void Files_OfEveryLibrary_AreTheAssemblyItsDocumentationAndItsSymbols()
    {
        foreach (var name in Libraries)
        {
            Assert.Equal([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], packed.Files(name).Where(file => file.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.DoesNotContain(packed.Files(name), file => file.StartsWith("runtimes/", StringComparison.Ordinal));
            Assert.Contains($"lib/net10.0/{name}.pdb", packed.Files(name, "snupkg"));
        }
    }

    [Fact]
    public void Dependencies_OfEveryLibrary_CarryNoNativeTorchAndNothingOfTheBuild()
    {
        foreach (var name in Libraries)
        {
            var dependencies = packed.Metadata(name).Descendants().Where(element => element.Name.LocalName == "dependency").Select(Id).ToArray();
            Assert.DoesNotContain(dependencies, id => id.StartsWith("libtorch", StringComparison.OrdinalIgnoreCase) || id.StartsWith("TorchSharp-", StringComparison.Ordinal));
            Assert.DoesNotContain(dependencies, id => id is "MinVer" or "Microsoft.CodeAnalysis.PublicApiAnalyzers");
        }

        Assert.Superset(new HashSet<string> { "ProbePipeline.Capture", "ProbePipeline.Reports" }, packed.Metadata("ProbePipeline").Descendants().Where(element => element.Name.LocalName == "dependency").Select(Id).ToHashSet());
    }

    [Fact]
    public void Files_OfTheTool_AreThoseOfOnePlatform()
    {
        Assert.DoesNotContain(packed.Metadata(Tool).Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Contains(packed.Files(Tool), file => file.Contains("torch_cpu", StringComparison.Ordinal));
        Assert.All(packed.Files(Tool).Where(file => file.StartsWith("tools/", StringComparison.Ordinal)), file => Assert.StartsWith($"tools/net10.0/{RuntimeInformation.RuntimeIdentifier}/", file, StringComparison.Ordinal));
        Assert.DoesNotContain(packed.Files(Tool), file => file.Contains("/runtimes/", StringComparison.Ordinal));
    }

    private static string Id(XElement dependency) => dependency.Attribute("id")!.Value;
}
