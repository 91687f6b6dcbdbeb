using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace ProbePipeline.Features;

/// <summary>Gives features to other software.</summary>
public static class FeatureExport
{
    /// <summary>
    /// Writes one condition as a Parquet file: <c>Id</c>, <c>Image</c>, the attributes, and every column as a list of numbers a row. A chunk is a row group,
    /// so that memory holds one at a time.
    /// </summary>
    /// <exception cref="FeatureStoreException">A chunk is missing or damaged, or there is no such condition.</exception>
    public static void WriteParquet(FeatureStore store, string condition, string path) =>
        WholeFile.Write(path, stream => WriteParquetAsync(store, condition, stream).GetAwaiter().GetResult());

    /// <summary>
    /// Writes one column of one condition as a NumPy array file, [rows, width], float32 or int32 (format 1.0,
    /// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
    /// </summary>
    /// <exception cref="FeatureStoreException">A chunk is missing or damaged, or there is no such condition or column.</exception>
    public static void WriteNpy(FeatureStore store, string condition, string column, string path)
    {
        var described = store.Manifest.Column(column);
        WholeFile.Write(path, stream =>
        {
            stream.Write(NpyHeader(described, store.Manifest.RowCount));
            for (var chunk = 0; chunk < store.Manifest.ChunkRows.Length; chunk++)
            {
                stream.Write(described.Type == FeatureType.Float32
                    ? MemoryMarshal.AsBytes(store.Read<float>(chunk, condition, column).AsSpan())
                    : MemoryMarshal.AsBytes(store.Read<int>(chunk, condition, column).AsSpan()));
            }
        });
    }

    private static byte[] NpyHeader(FeatureColumn column, int rows)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{'descr': '{(column.Type == FeatureType.Float32 ? "<f4" : "<i4")}', 'fortran_order': False, 'shape': ({rows}, {column.Width}), }}");
        // Magic, version and length take 10 bytes; numbers begin at a multiple of 64, after a line end.
        var header = new byte[(10 + text.Length + 1 + 63) / 64 * 64];
        header.AsSpan().Fill((byte)' ');
        header[0] = 0x93;
        "NUMPY\u0001\0"u8.CopyTo(header.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(header.Length - 10));
        Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    private static async Task WriteParquetAsync(FeatureStore store, string condition, Stream stream)
    {
        var manifest = store.Manifest;
        var id = new DataField<string>("Id", nullable: false);
        var image = new DataField<int>("Image");
        DataField<string>[] attributes = [.. manifest.AttributeNames.Select(name => new DataField<string>(name, nullable: false))];
        DataField[] columns = [.. manifest.Columns.Select(column => new DataField(column.Name, column.Type == FeatureType.Float32 ? typeof(float) : typeof(int), isNullable: false, isArray: true))];
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema([id, image, .. attributes, .. columns]), stream).ConfigureAwait(false);
        var first = 0;
        foreach (var (chunk, count) in manifest.ChunkRows.Index())
        {
            var rows = store.Rows.Slice(first, count);
            first += count;
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(id, [.. rows.Select(row => row.Id)]).ConfigureAwait(false);
            await group.WriteAsync<int>(image, rows.Select(row => row.Image).ToArray()).ConfigureAwait(false);
            foreach (var (index, attribute) in attributes.Index())
            {
                await group.WriteAsync(attribute, [.. rows.Select(row => row.Attributes[index])]).ConfigureAwait(false);
            }

            foreach (var (column, field) in manifest.Columns.Zip(columns))
            {
                // A list begins where the repetition level is 0.
                int[] levels = [.. Enumerable.Range(0, count * column.Width).Select(value => value % column.Width == 0 ? 0 : 1)];
                await (column.Type == FeatureType.Float32
                    ? group.WriteAsync<float>(field, store.Read<float>(chunk, condition, column.Name), levels)
                    : group.WriteAsync<int>(field, store.Read<int>(chunk, condition, column.Name), levels)).ConfigureAwait(false);
            }

            group.CompleteValidate();
        }
    }
}
