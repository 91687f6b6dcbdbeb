// Two compilers read this file: the project's, and MSBuild's, which makes an inline task of it (eng/TorchNatives.targets).
// The second knows netstandard2.0 only and defines no symbols, so NET tells the two apart.
#nullable enable
#if !NET
using System;
using System.IO;
#endif
using System.Text;

namespace ProbePipeline.Torch.Natives;

/// <summary>
/// The symbol versions that an ELF library asks of other libraries (section <c>.gnu.version_r</c>).
/// A version that is marked weak may be absent: the loader then goes on instead of refusing the library.
/// Layout: System V gABI, chapters 4 and 5, and the Linux Standard Base 5.0, chapter "Symbol Versioning".
/// </summary>
internal sealed class ElfVersionNeeds
{
    private const uint VersionNeedsSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort WeakFlag = 0x2; // VER_FLG_WEAK
    private const ulong SectionHeaderSize = 64;

    private readonly byte[] _image;

    private ElfVersionNeeds(byte[] image) => _image = image;

    /// <summary>Marks every need of <paramref name="version"/> in <paramref name="image"/> as weak, in place.</summary>
    /// <param name="image">A whole 64-bit little-endian ELF file.</param>
    /// <param name="version">A version's name, for example <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>Whether a byte changed: false when the version is not needed or is weak already.</returns>
    /// <exception cref="BadImageFormatException">The image is no such file, or points outside itself.</exception>
    public static bool Weaken(byte[] image, string version) => new ElfVersionNeeds(image).Weaken(Encoding.ASCII.GetBytes(version + "\0"));

    private bool Weaken(byte[] version)
    {
        RequireFormat();
        var sections = ReadUInt64(0x28);
        var sectionCount = ReadUInt16(0x3C);
        if (sections == 0 || sectionCount == 0)
        {
            throw new BadImageFormatException("The ELF file has no section headers, so its version needs cannot be found.");
        }
        RequireInside(sections, sectionCount * SectionHeaderSize);

        var changed = false;
        for (ulong index = 0; index < sectionCount; index++)
        {
            var header = sections + index * SectionHeaderSize;
            if (ReadUInt32(header + 0x04) == VersionNeedsSection)
            {
                var namesSection = ReadUInt32(header + 0x28);
                if (namesSection >= sectionCount)
                {
                    throw new BadImageFormatException($"The ELF file's version needs take their names from section {namesSection}; it has {sectionCount}.");
                }
                var names = ReadUInt64(sections + namesSection * SectionHeaderSize + 0x18);
                changed |= WeakenSection(ReadUInt64(header + 0x18), names, version);
            }
        }
        return changed;
    }

    // A section is a chain of Verneed records, one a library, each with a chain of Vernaux records, one a version.
    private bool WeakenSection(ulong library, ulong names, byte[] version)
    {
        var changed = false;
        while (true)
        {
            RequireInside(library, 16);
            var need = library + ReadUInt32(library + 8);
            for (var left = ReadUInt16(library + 2); left > 0; left--)
            {
                changed |= WeakenNeed(need, names, version);
                need += ReadUInt32(need + 12);
            }
            var next = ReadUInt32(library + 12);
            if (next == 0)
            {
                return changed;
            }
            library += next;
        }
    }

    private bool WeakenNeed(ulong need, ulong names, byte[] version)
    {
        RequireInside(need, 16);
        RequireInside(names, 0);
        var flags = ReadUInt16(need + 4);
        if ((flags & WeakFlag) != 0 || !HasBytes(names + ReadUInt32(need + 8), version))
        {
            return false;
        }
        _image[need + 4] = (byte)(flags | WeakFlag);
        return true;
    }

    private bool HasBytes(ulong offset, byte[] expected)
    {
        RequireInside(offset, 1);
        if ((ulong)_image.Length - offset < (ulong)expected.Length)
        {
            return false;
        }
        for (var index = 0; index < expected.Length; index++)
        {
            if (_image[offset + (ulong)index] != expected[index])
            {
                return false;
            }
        }
        return true;
    }

    private void RequireFormat()
    {
        if (_image.Length < 64 || ReadUInt32(0) != 0x464C457F)
        {
            throw new BadImageFormatException("Expected an ELF file; its first bytes are not 7F 45 4C 46, or it is shorter than an ELF header.");
        }
        if (_image[4] != 2 || _image[5] != 1)
        {
            throw new BadImageFormatException(
                $"Expected a 64-bit little-endian ELF file (class 2, data 1); found class {_image[4]}, data {_image[5]}.");
        }
        var size = ReadUInt16(0x3A);
        if (size != SectionHeaderSize && size != 0)
        {
            throw new BadImageFormatException($"Expected ELF section headers of {SectionHeaderSize} bytes; found {size}.");
        }
    }

    private void RequireInside(ulong offset, ulong count)
    {
        var length = (ulong)_image.Length;
        if (offset > length || count > length - offset)
        {
            throw new BadImageFormatException($"The ELF file points at {count} bytes from 0x{offset:x} on; it has {length} bytes.");
        }
    }

    private ushort ReadUInt16(ulong offset)
    {
        RequireInside(offset, 2);
        return (ushort)(_image[offset] | _image[offset + 1] << 8);
    }

    private uint ReadUInt32(ulong offset) => ReadUInt16(offset) | (uint)ReadUInt16(offset + 2) << 16;

    private ulong ReadUInt64(ulong offset) => ReadUInt32(offset) | (ulong)ReadUInt32(offset + 4) << 32;
}

#if !NET
/// <summary>Writes a copy of a library that does not insist on a symbol version; the original is only read.</summary>
public sealed class WeakenVersionNeed : Microsoft.Build.Utilities.Task
{
    [Microsoft.Build.Framework.Required]
    public string Library { get; set; } = "";

    [Microsoft.Build.Framework.Required]
    public string Version { get; set; } = "";

    [Microsoft.Build.Framework.Required]
    public string Copy { get; set; } = "";

    public override bool Execute()
    {
        try
        {
            var image = File.ReadAllBytes(Library);
            ElfVersionNeeds.Weaken(image, Version);
            // Renamed into place: an output folder may hold a hard link to the former copy.
            var unfinished = Copy + "." + Guid.NewGuid().ToString("N");
            File.WriteAllBytes(unfinished, image);
            File.Delete(Copy);
            File.Move(unfinished, Copy);
        }
        catch (Exception exception) when (exception is BadImageFormatException || exception is IOException || exception is UnauthorizedAccessException)
        {
            Log.LogError("{0}: {1}", Library, exception.Message);
        }
        return !Log.HasLoggedErrors;
    }
}
#endif
