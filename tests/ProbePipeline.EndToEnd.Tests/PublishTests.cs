using System.Diagnostics;
using System.Text.Json;
using ProbePipeline.Testing;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>What <c>dotnet publish</c> of the command carries, and what the targets ask of other SDKs, by MSBuild's own evaluation.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task Publish_OfTheCommand_CarriesLibtorchWithTorchSharpsLibrary()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The names of the files are Linux's.");
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

        var files = await Items("ResolvedFileToPublish", "-target:ComputeResolvedFilesToPublishList", $"-property:Configuration={configuration}");

        var natives = files.Where(file => Path.GetExtension(file) == ".so").Select(file => Path.GetFileName(file)).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string> { "libtorch_cpu.so", "libtorch.so", "libc10.so", "libLibTorchSharp.so", "libSkiaSharp.so", "libLdaNative.so" }, natives);
    }

    [Theory]
    [InlineData("libtorch-cpu-linux-x64", "-property:NETCoreSdkRuntimeIdentifier=ubuntu.22.04-x64")]
    [InlineData("libtorch-cpu-linux-x64", "-property:RuntimeIdentifier=linux-x64")]
    [InlineData("libtorch-cpu-win-x64", "-property:RuntimeIdentifier=win-x64")]
    [InlineData("libtorch-cpu-osx-arm64", "-property:RuntimeIdentifier=osx-arm64")]
    [InlineData("TorchSharp-cuda-linux", "-property:Cuda=true")]
    public async Task PackageReference_OfTheCommand_IsTheOneLibtorchOfThePlatform(string package, string property)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Written for a build on Linux.");

        var packages = await Items("PackageReference", property);

        Assert.Equal([package], packages.Where(name => name.Contains("torch", StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<string[]> Items(string kind, params string[] arguments)
    {
        var project = Path.Combine(Repository.Root, "src", "ProbePipeline.Cli", "ProbePipeline.Cli.csproj");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["msbuild", project, "-nodeReuse:false", $"-getItem:{kind}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The test host's own MSBuild settings are not this one's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await error);

        using var answer = JsonDocument.Parse(output);
        return [.. answer.RootElement.GetProperty("Items").GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }
}
