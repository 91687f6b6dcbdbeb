using System.Runtime.InteropServices;
using System.Text.Json;

namespace ProbePipeline.Features;

/// <summary>
/// One chunk under one condition as a safetensors file (https://huggingface.co/docs/safetensors): a tensor [rows, width] a column, in the order of
/// the manifest, and among the file's own texts the checksum of every tensor. The manifest and these checksums alone decide what the file's header says, so a
/// file with another header, or another length, is another file.
/// </summary>
internal sealed class ChunkFile
{
    private readonly FeatureManifest _manifest;
    private readonly int _rows;
    private readonly int _headerLength;

    public ChunkFile(FeatureManifest manifest, int chunk)
    {
        _manifest = manifest;
        _rows = manifest.ChunkRows[chunk];
        // Checksums are all of one length, so headers are, too.
        _headerLength = Header(_ => Checksum.Blank).Length;
    }

    private long Length => _headerLength + Offset(_manifest.Columns.Length);

    /// <param name="path">The file's final name.</param>
    /// <param name="values">For every column its numbers, [rows, width], row-major.</param>
    /// <exception cref="FeatureStoreException">The values are not what the manifest describes, or the file cannot be written.</exception>
    public void Write(string path, FeatureValues values)
    {
        var header = Header(column => Checksum.Of(values.Bytes(column, _rows)));
        WholeFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var column in _manifest.Columns)
            {
                stream.Write(values.Bytes(column, _rows));
            }
        });
    }

    /// <summary>Reads one column, [rows, width].</summary>
    /// <exception cref="FeatureStoreException">The file is not the one that was written.</exception>
    public T[] Read<T>(string path, FeatureColumn column)
        where T : unmanaged
    {
        using var stream = Open(path, out var checksums);
        var values = new T[_rows * column.Width];
        ReadColumn(stream, path, column, checksums, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Reads the header alone, which has the checksums of the rest.</summary>
    /// <inheritdoc cref="Read{T}"/>
    public byte[] ReadHeader(string path)
    {
        using var stream = Open(path, out var checksums);
        return Header(column => checksums[column.Name]);
    }

    /// <summary>Reads all of the file and keeps nothing.</summary>
    /// <inheritdoc cref="Read{T}"/>
    public void Verify(string path)
    {
        using var stream = Open(path, out var checksums);
        foreach (var column in _manifest.Columns)
        {
            ReadColumn(stream, path, column, checksums, new byte[_rows * column.BytesPerRow]);
        }
    }

    private void ReadColumn(FileStream stream, string path, FeatureColumn column, Dictionary<string, string> checksums, Span<byte> bytes)
    {
        stream.Position = _headerLength + Offset(_manifest.Columns.IndexOf(column));
        stream.ReadExactly(bytes);
        if (Checksum.Of(bytes) is var found && found != checksums[column.Name])
        {
            throw Damaged(path, $"column {column.Name} with the checksum {checksums[column.Name]}", $"other numbers, with the checksum {found}");
        }
    }

    private FileStream Open(string path, out Dictionary<string, string> checksums)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FeatureStoreException($"{path}: this chunk is missing; run the experiment again to fill it in", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FeatureStoreException($"{path}: this chunk cannot be read ({error.Message}); check its permissions and its disk", error);
        }

        var header = new byte[_headerLength];
        if (stream.Length == Length && stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && Checksums(header) is { } found && header.AsSpan().SequenceEqual(Header(column => found[column.Name])))
        {
            checksums = found;
            return stream;
        }

        var length = stream.Length;
        stream.Dispose();
        throw Damaged(path, $"a chunk of {_rows} rows as the manifest describes it, {Length} bytes", $"a file of {length} bytes with another content");
    }

    private Dictionary<string, string>? Checksums(byte[] header)
    {
        try
        {
            using var json = JsonDocument.Parse(header.AsMemory(SafetensorsHeader.LengthBytes));
            var texts = json.RootElement.GetProperty(SafetensorsHeader.Metadata);
            return _manifest.Columns.ToDictionary(column => column.Name, column => texts.GetProperty(column.Name).GetString()!);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static FeatureStoreException Damaged(string path, string expected, string found) =>
        new($"{path}: expected {expected}; found {found}; delete it and run the experiment again to make it anew");

    private long Offset(int column) => _manifest.Columns.Take(column).Sum(before => before.BytesPerRow) * _rows;

    private byte[] Header(Func<FeatureColumn, string> checksum) => SafetensorsHeader.Write(
        _manifest.Columns.Select(column => (column.Name, column.Type == FeatureType.Float32 ? "F32" : "I32", (int[])[_rows, column.Width], column.BytesPerRow * _rows)),
        new OrderedDictionary<string, string>(_manifest.Columns.Select(column => KeyValuePair.Create(column.Name, checksum(column)))));
}
