using System.Collections.Frozen;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>
/// The structures of a Parquet file's metadata (apache/parquet-format 2.11, parquet.thrift): by name and field number what a field holds. A letter is a single value
/// (b: true or false, y: byte, s, i, l: whole numbers of 16, 32 and 64 bits, d: number, t: text or bytes), a name a structure, and [ before either a list.
/// Encrypted files are not read, so what describes them is left out.
/// </summary>
internal static class ParquetShapes
{
    public const string Footer = "FileMetaData";
    public const string Page = "PageHeader";

    private const string Empty = "Empty";

    private static readonly FrozenDictionary<string, FrozenDictionary<int, string>> All = new Dictionary<string, string>
    {
        [Footer] = "1 i, 2 [SchemaElement, 3 l, 4 [RowGroup, 5 [KeyValue, 6 t, 7 [ColumnOrder, 9 t",
        ["SchemaElement"] = "1 i, 2 i, 3 i, 4 t, 5 i, 6 i, 7 i, 8 i, 9 i, 10 LogicalType",
        ["LogicalType"] = "1 Empty, 2 Empty, 3 Empty, 4 Empty, 5 DecimalType, 6 Empty, 7 TimeType, 8 TimeType, 10 IntType, 11 Empty, 12 Empty, 13 Empty, 14 Empty, 15 Empty",
        ["DecimalType"] = "1 i, 2 i",
        ["TimeType"] = "1 b, 2 TimeUnit",
        ["TimeUnit"] = "1 Empty, 2 Empty, 3 Empty",
        ["IntType"] = "1 y, 2 b",
        ["KeyValue"] = "1 t, 2 t",
        ["RowGroup"] = "1 [ColumnChunk, 2 l, 3 l, 4 [SortingColumn, 5 l, 6 l, 7 s",
        ["SortingColumn"] = "1 i, 2 b, 3 b",
        ["ColumnChunk"] = "1 t, 2 l, 3 ColumnMetaData, 4 l, 5 i, 6 l, 7 i",
        ["ColumnMetaData"] = "1 i, 2 [i, 3 [t, 4 i, 5 l, 6 l, 7 l, 8 [KeyValue, 9 l, 10 l, 11 l, 12 Statistics, 13 [PageEncodingStats, 14 l, 15 i, 16 SizeStatistics",
        ["Statistics"] = "1 t, 2 t, 3 l, 4 l, 5 t, 6 t, 7 b, 8 b",
        ["PageEncodingStats"] = "1 i, 2 i, 3 i",
        ["SizeStatistics"] = "1 l, 2 [l, 3 [l",
        ["ColumnOrder"] = "1 Empty",
        [Page] = "1 i, 2 i, 3 i, 4 i, 5 DataPageHeader, 6 Empty, 7 DictionaryPageHeader, 8 DataPageHeaderV2",
        ["DataPageHeader"] = "1 i, 2 i, 3 i, 4 i, 5 Statistics",
        ["DictionaryPageHeader"] = "1 i, 2 i, 3 b",
        ["DataPageHeaderV2"] = "1 i, 2 i, 3 i, 4 i, 5 i, 6 i, 7 b, 8 Statistics",
        [Empty] = "",
    }.ToFrozenDictionary(shape => shape.Key, shape => Fields(shape.Value), StringComparer.Ordinal);

    /// <summary>What a field of a structure holds; null: the structure has no such field.</summary>
    public static string? Of(string structure, int field) => All[structure].GetValueOrDefault(field);

    private static FrozenDictionary<int, string> Fields(string shape) =>
        shape.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split(' ')).ToFrozenDictionary(field => int.Parse(field[0], System.Globalization.CultureInfo.InvariantCulture), field => field[1]);
}
