using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ProbePipeline.Benchmarks;

/// <summary>The system's memory of files that were read or written.</summary>
internal static class FileCache
{
    private const int DontNeed = 4;

    /// <summary>Makes the system forget a file, so that the next reading comes from the disk (Linux; the file must not be mapped).</summary>
    public static void Forget(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        // Only what is on the disk can be forgotten.
        stream.Flush(flushToDisk: true);
        if (Advise(stream.SafeFileHandle, 0, 0, DontNeed) is not 0 and var error)
        {
            throw new Win32Exception(error);
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling would need unsafe code; nothing is marshalled but numbers.
    [DllImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(SafeFileHandle file, long offset, long length, int advice);
#pragma warning restore SYSLIB1054
}
