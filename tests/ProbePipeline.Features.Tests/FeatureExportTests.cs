using System.Text;
using Parquet.Serialization;

namespace ProbePipeline.Features.Tests;

public sealed class FeatureExportTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void WriteNpy_Column_IsAnArrayOfRowsByWidth()
    {
        var path = Path.Combine(_temporary.Folder, "projector.npy");
        FeatureExport.WriteNpy(_temporary.Full(), "cut/all", "projector", path);
        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
        var header = BitConverter.ToUInt16(bytes, 8);
        Assert.Equal(0, (10 + header) % 64);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 3), }", Encoding.ASCII.GetString(bytes, 10, header).TrimEnd());
        Assert.Equal((byte)'\n', bytes[10 + header - 1]);
        Assert.Equal(142f, BitConverter.ToSingle(bytes, bytes.Length - 4));
        Assert.Equal(10 + header + (5 * 3 * 4), bytes.Length);
    }

    [Fact]
    public async Task WriteParquet_Condition_HoldsRowsAttributesAndLists()
    {
        var path = Path.Combine(_temporary.Folder, "intact.parquet");
        FeatureExport.WriteParquet(_temporary.Full(), "intact", path);
        await using var stream = File.OpenRead(path);
        var table = await ParquetSerializer.DeserializeUntypedAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        var rows = table.Data;
        Assert.Equal(5, rows.Count);
        Assert.Equal("row-4", rows[4]["Id"]);
        Assert.Equal(2, rows[4]["Image"]);
        Assert.Equal("wheel", rows[4]["part"]);
        Assert.Equal([40f, 41, 42], ((System.Collections.IEnumerable)rows[4]["projector"]).Cast<float>());
        Assert.Equal([30, 31], ((System.Collections.IEnumerable)rows[3]["lens.rank"]).Cast<int>());
    }
}
