using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ProbePipeline.Torch.Natives;

/// <summary>
/// Helps applications that were not built by this repository's targets on Linux systems whose C++ library is older than GCC 13:
/// when the loader has refused TorchSharp's library, a copy in memory that does not insist on the missing version takes its place.
/// </summary>
/// <remarks>
/// The runtime asks only after its own search has failed, so nothing happens, and nothing is read, where the library loads.
/// Once the copy is loaded the runtime's search finds it by its soname. No file is changed.
/// </remarks>
internal static class TorchSharpLibrary
{
    private const string Name = "LibTorchSharp";
    private const string FileName = "libLibTorchSharp.so";
    private const string TorchFileName = "libtorch.so";
    private const string MissingVersion = "GLIBCXX_3.4.32";

    /// <summary>Why the copy could not be loaded; null when it was, or was not needed.</summary>
    public static DllNotFoundException? Failure { get; private set; }

    // TorchSharp loads its library in a static constructor, and the event must be subscribed before. Nobody has to remember a call
    // when the module does it; it only adds a handler, and cannot fail.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void HelpWhenRefused()
    {
        if (OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
            && AssemblyLoadContext.GetLoadContext(typeof(TorchSharpLibrary).Assembly) is { } context)
        {
            context.ResolvingUnmanagedDll += (assembly, name) => name == Name ? LoadFrom(SearchDirectories(assembly)) : 0;
        }
    }

    /// <summary>Loads a weakened copy of the library in the first of the folders that has it.</summary>
    /// <returns>Its handle, or 0 when there is no such file or it was refused for another reason: TorchSharp's own report is right then.</returns>
    /// <exception cref="DllNotFoundException">The file needs the missing version and its copy cannot be loaded.</exception>
    internal static nint LoadFrom(IReadOnlyList<string> directories)
    {
        if (Find(directories, FileName) is not { } library || Find(directories, TorchFileName) is not { } torch)
        {
            return 0;
        }
        try
        {
            var image = File.ReadAllBytes(library);
            if (!ElfVersionNeeds.Weaken(image, MissingVersion))
            {
                return 0;
            }
            // The copy lies in no folder, so what it needs is loaded first, from where it is.
            NativeLibrary.Load(torch);
            return MemoryLibrary.Load(image);
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException
            or Win32Exception or DllNotFoundException)
        {
            Failure = new DllNotFoundException(
                $"{library} could not be loaded. It asks for version {MissingVersion} of the C++ library (GCC 13), which older systems lack, "
                + $"and a copy in memory that does without could not be loaded either: {exception.Message} "
                + "Use a system with GCC 13's libstdc++ (Debian 13, Ubuntu 24.04 or newer), or restore the file if it is damaged.",
                exception);
            throw Failure;
        }
    }

    private static string? Find(IEnumerable<string> directories, string file) =>
        directories.Select(directory => Path.Combine(directory, file)).FirstOrDefault(File.Exists);

    // Where the runtime has looked: the folders its host lists, the application's and TorchSharp's own.
    private static List<string> SearchDirectories(Assembly torchSharp)
    {
        var listed = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        List<string> directories = [.. listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)];
        string?[] roots = [AppContext.BaseDirectory, Path.GetDirectoryName(torchSharp.Location)];
        foreach (var root in roots)
        {
            if (!string.IsNullOrEmpty(root))
            {
                directories.Add(root);
                directories.Add(Path.Combine(root, "runtimes", "linux-x64", "native"));
            }
        }
        return directories;
    }
}
