using Parquet;
using Parquet.Schema;

namespace ProbePipeline.Reports.Tables;

/// <summary>A table as Parquet: one row group, one column a field, doubles as doubles.</summary>
internal static class ParquetTable
{
    // In memory nothing waits: the library's asynchronous calls are done when they return.
    public static byte[] Write(ResultTable table) => WriteAsync(table).GetAwaiter().GetResult();

    private static async Task<byte[]> WriteAsync(ResultTable table)
    {
        var schema = new ParquetSchema(table.Columns.Select(column => column.Field));
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            using var group = writer.CreateRowGroup();
            for (var index = 0; index < table.Columns.Length; index++)
            {
                await table.Columns[index].WriteAsync(group, schema.DataFields[index]);
            }
        }

        return stream.ToArray();
    }
}
