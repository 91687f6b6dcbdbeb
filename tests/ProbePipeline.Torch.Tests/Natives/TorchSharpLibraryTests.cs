using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProbePipeline.Torch.Natives;
using ProbePipeline.Torch.Tests.Devices;

namespace ProbePipeline.Torch.Tests.Natives;

public sealed class TorchSharpLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("probe-natives-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Start_WithTheLibraryAsPublished_ComputesAndChangesNoFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "Linux x64 only.");
        var natives = CopyApplication();
        var library = Path.Combine(natives, "libLibTorchSharp.so");
        File.Copy(PublishedLibrary.Path, library);
        var before = Snapshot();

        var first = Run();
        var second = Run();

        Assert.Contains("Total: 1, Errors: 0, Failed: 0", first, StringComparison.Ordinal);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0", second, StringComparison.Ordinal);
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void LoadFrom_FolderWithoutTheLibrary_LeavesTheReportToTorchSharp() => Assert.Equal(0, TorchSharpLibrary.LoadFrom([_folder]));

    [Fact]
    public void LoadFrom_DamagedLibrary_SaysWhatWasFoundAndWhatToDo()
    {
        var library = Path.Combine(_folder, "libLibTorchSharp.so");
        File.WriteAllText(library, "not a library");
        File.WriteAllText(Path.Combine(_folder, "libtorch.so"), "");

        var exception = Assert.Throws<DllNotFoundException>(() => TorchSharpLibrary.LoadFrom([_folder]));

        Assert.StartsWith($"{library} could not be loaded. It asks for version GLIBCXX_3.4.32", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Expected an ELF file", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Debian 13, Ubuntu 24.04", exception.Message, StringComparison.Ordinal);
        Assert.IsType<BadImageFormatException>(exception.InnerException);
    }

    // The managed files are copied, since a link would lead the host back to the original folder; the natives are linked.
    private string CopyApplication()
    {
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }
        var natives = Directory.CreateDirectory(Path.Combine(_folder, "runtimes", "linux-x64", "native")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native")))
        {
            if (Path.GetFileName(file) != "libLibTorchSharp.so")
            {
                File.CreateSymbolicLink(Path.Combine(natives, Path.GetFileName(file)), file);
            }
        }
        return natives;
    }

    // This test assembly is an application too: one of its tests, alone in a process of its own.
    private string Run()
    {
        var application = Path.Combine(_folder, Path.GetFileName(typeof(TorchSharpLibraryTests).Assembly.Location));
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { application, "-method", $"{typeof(DeviceChoiceTests).FullName}.{nameof(DeviceChoiceTests.Parse_Cpu_GivesADeviceThatComputes)}" },
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    private List<string> Snapshot() =>
        [.. Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Describe)];

    private static string Describe(string file) => new FileInfo(file).LinkTarget is { } target
        ? $"{file} -> {target}"
        : $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}";
}
