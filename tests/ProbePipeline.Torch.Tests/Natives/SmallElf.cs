using System.Buffers.Binary;
using System.Text;

namespace ProbePipeline.Torch.Tests.Natives;

/// <summary>
/// The smallest ELF file with version needs, laid out by hand:
/// header at 0, names at 0x40, needs of two libraries at 0x80, three section headers (null, names, needs) at 0x100.
/// </summary>
internal static class SmallElf
{
    public const int Names = 0x40;
    public const int FirstLibrary = 0x80;
    public const int OldNeed = 0x90;
    public const int NewNeed = 0xA0;
    public const int SecondLibrary = 0xB0;
    public const int OtherNeed = 0xC0;
    public const int Sections = 0x100;
    public const int NeedsSection = Sections + 2 * 64;
    public const int Length = Sections + 3 * 64;

    private const string NameTable = "\0GLIBCXX_3.4.3\0GLIBCXX_3.4.32\0GLIBC_2.34\0";

    public static byte[] Build()
    {
        var image = new byte[Length];
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(image, 0);
        Put64(image, 0x28, Sections);
        Put16(image, 0x3A, 64);
        Put16(image, 0x3C, 3);
        Encoding.ASCII.GetBytes(NameTable).CopyTo(image, Names);

        PutLibrary(image, FirstLibrary, needs: 2, next: SecondLibrary - FirstLibrary);
        PutNeed(image, OldNeed, "GLIBCXX_3.4.3", next: 16);
        PutNeed(image, NewNeed, "GLIBCXX_3.4.32", next: 0);
        PutLibrary(image, SecondLibrary, needs: 1, next: 0);
        PutNeed(image, OtherNeed, "GLIBC_2.34", next: 0);

        Put32(image, Sections + 64 + 0x04, 3); // SHT_STRTAB
        Put64(image, Sections + 64 + 0x18, Names);
        Put32(image, NeedsSection + 0x04, 0x6ffffffe); // SHT_GNU_verneed
        Put64(image, NeedsSection + 0x18, FirstLibrary);
        Put32(image, NeedsSection + 0x28, 1);
        return image;
    }

    public static void Put16(byte[] image, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), value);

    public static void Put32(byte[] image, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(offset), value);

    public static void Put64(byte[] image, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(offset), value);

    private static void PutLibrary(byte[] image, int offset, ushort needs, int next)
    {
        Put16(image, offset, 1);
        Put16(image, offset + 2, needs);
        Put32(image, offset + 8, 16);
        Put32(image, offset + 12, (uint)next);
    }

    private static void PutNeed(byte[] image, int offset, string version, uint next)
    {
        Put16(image, offset + 6, 5); // vna_other: must survive beside the flags
        Put32(image, offset + 8, (uint)NameTable.IndexOf(version + "\0", StringComparison.Ordinal));
        Put32(image, offset + 12, next);
    }
}
