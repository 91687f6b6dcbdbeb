using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ProbePipeline.Torch.Natives;

/// <summary>Loads a shared library from memory on Linux: no file is written, so read-only folders and parallel processes are no concern.</summary>
internal static class MemoryLibrary
{
    private const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <summary>Loads <paramref name="image"/>; the libraries that it needs must be loaded already or be found by the loader.</summary>
    /// <param name="image">A whole ELF shared library.</param>
    /// <returns>The library's handle, valid until the process ends.</returns>
    /// <exception cref="Win32Exception">The system gives no file in memory.</exception>
    /// <exception cref="DllNotFoundException">The loader refuses the library; the message holds its words.</exception>
    public static nint Load(ReadOnlySpan<byte> image)
    {
        var descriptor = CreateMemoryFile("library\0"u8.ToArray(), CloseOnExec);
        if (descriptor < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
        // Never closed: the loader remembers the path, and another file that got the same number would be taken for this library.
        using var file = new SafeFileHandle(descriptor, ownsHandle: false);
        RandomAccess.Write(file, image, fileOffset: 0);
        return NativeLibrary.Load($"/proc/self/fd/{descriptor}");
    }

    [DllImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    private static extern int CreateMemoryFile(byte[] name, uint flags);
}
