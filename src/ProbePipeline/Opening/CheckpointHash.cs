using System.Security.Cryptography;
using System.Text;

namespace ProbePipeline.Opening;

/// <summary>SHA-256 of what a checkpoint folder computes with: the names and contents of its JSON and safetensors files.</summary>
internal static class CheckpointHash
{
    public static string Of(string folder, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".json" or ".safetensors").Order(StringComparer.Ordinal);
        var buffer = new byte[1 << 20];
        foreach (var file in files)
        {
            // The length of what is read: the same for a file and for a link to it.
            using var stream = File.OpenRead(file);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(file)}\0{stream.Length}\0"));
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
