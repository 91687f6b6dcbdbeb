using System.Runtime.InteropServices;

namespace ProbePipeline.Features;

/// <summary>
/// One chunk under one condition as a safetensors file (https://huggingface.co/docs/safetensors): a tensor [rows, width] a column, in the order of
/// the manifest. The manifest alone decides what the file's header says, so a file with another header, or another length, is another file.
/// </summary>
internal sealed class ChunkFile
{
    private readonly FeatureManifest _manifest;
    private readonly int _rows;
    private readonly byte[] _header;

    public ChunkFile(FeatureManifest manifest, int chunk)
    {
        _manifest = manifest;
        _rows = manifest.ChunkRows[chunk];
        _header = Header();
    }

    private long Length => _header.Length + Offset(_manifest.Columns.Length);

    /// <param name="path">The file's final name.</param>
    /// <param name="values">For every column its numbers, [rows, width], row-major.</param>
    public void Write(string path, FeatureValues values) => WholeFile.Write(path, stream =>
    {
        stream.Write(_header);
        foreach (var column in _manifest.Columns)
        {
            stream.Write(values.Bytes(column, _rows));
        }
    });

    /// <summary>Reads one column, [rows, width].</summary>
    /// <exception cref="FeatureStoreException">The file is not the one that was written.</exception>
    public T[] Read<T>(string path, FeatureColumn column)
        where T : unmanaged
    {
        using var stream = Open(path);
        stream.Position = _header.Length + Offset(_manifest.Columns.IndexOf(column));
        var values = new T[_rows * column.Width];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private FileStream Open(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (FileNotFoundException error)
        {
            throw new FeatureStoreException($"{path}: this chunk is missing; run the experiment again to fill it in", error);
        }

        var header = new byte[_header.Length];
        if (stream.Length == Length && stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header.AsSpan().SequenceEqual(_header))
        {
            return stream;
        }

        var found = stream.Length;
        stream.Dispose();
        throw new FeatureStoreException($"{path}: expected a chunk of {_rows} rows as the manifest describes it, {Length} bytes; found a file of {found} bytes with another content; "
            + "delete it and run the experiment again to make it anew");
    }

    private long Offset(int column) => _manifest.Columns.Take(column).Sum(before => before.BytesPerRow) * _rows;

    private byte[] Header() => SafetensorsHeader.Write(_manifest.Columns.Select(
        column => (column.Name, column.Type == FeatureType.Float32 ? "F32" : "I32", (int[])[_rows, column.Width], column.BytesPerRow * _rows)));
}
