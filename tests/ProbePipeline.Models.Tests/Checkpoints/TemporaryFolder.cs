using System.Buffers.Binary;
using System.Text;

namespace ProbePipeline.Models.Tests.Checkpoints;

/// <summary>A folder for files that a test makes; gone when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("probe-pipeline-").FullName;

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A safetensors file with the given header and as many bytes of data.</summary>
    public string WriteSafetensors(string name, string header, int dataLength) => Write(name, Safetensors(Encoding.UTF8.GetBytes(header), dataLength));

    public static byte[] Safetensors(byte[] header, int dataLength)
    {
        var file = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
