namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>Where a column of a row group lies, as the file's metadata says.</summary>
internal sealed record ParquetColumnChunk
{
    /// <summary>Values, null ones included.</summary>
    public long Values { get; set; }

    /// <summary>How its pages are packed: CompressionCodec of parquet.thrift.</summary>
    public long Codec { get; set; }

    /// <summary>The smallest offset that is given: where its first page begins.</summary>
    public long Begin { get; set; } = long.MaxValue;
}
