using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ProbePipeline.Inputs.Tests.Pictures;

/// <summary>PNG files written chunk by chunk, so that a test can get every byte of them right or wrong.</summary>
internal static class SmallPng
{
    public const byte Gray = 0;
    public const byte Truecolour = 2;
    public const byte Palette = 3;

    /// <param name="size">Height and width in the header.</param>
    /// <param name="depth">Bits a sample.</param>
    /// <param name="colourType">Gray, true colour or palette.</param>
    /// <param name="rows">The samples of every row, without filter bytes.</param>
    /// <param name="chunks">Chunks between header and pixels.</param>
    public static byte[] Write((int Height, int Width) size, byte depth, byte colourType, byte[][] rows, params (string Type, byte[] Data)[] chunks)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size.Height);
        (header[8], header[9]) = (depth, colourType);
        using var pixels = new MemoryStream();
        using (var deflate = new ZLibStream(pixels, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                deflate.Write([0, .. row]);
            }
        }

        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A,
            .. Chunk("IHDR", header), .. chunks.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)), .. Chunk("IDAT", pixels.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(body));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            }
        }

        return ~crc;
    }
}
