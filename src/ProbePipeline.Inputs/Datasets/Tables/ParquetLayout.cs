using System.Buffers.Binary;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>
/// A Parquet file's metadata and pages, looked at before a library believes what they say: it allocates what a header claims, and looks for pages until it has found as
/// many values as were claimed. A file holds what it says, within bounds that published files keep by far.
/// </summary>
internal sealed class ParquetLayout
{
    /// <summary>Bytes of the metadata at the file's end.</summary>
    private const int LongestFooter = 256 << 20;

    /// <summary>Structures in each other that a schema may have.</summary>
    private const int DeepestSchema = 32;

    /// <summary>
    /// Values that a column of a row group may have in a file of any length: as many as writers put into one by default, all of which may be null or the same, in a few
    /// bytes. Beyond that other columns have bytes for as many rows.
    /// </summary>
    private const long FreeValues = 1 << 20;
    private const long ValuesPerByte = 8;

    /// <summary>Bytes that a page may be unpacked to: writers end a page at one megabyte, and codecs pack what repeats itself to nearly nothing.</summary>
    private const long FreePage = 8 << 20;
    private const long Unpacked = 1032;

    /// <summary>Bytes of a page's header, its statistics included.</summary>
    private const int LongestHeader = 1 << 20;

    private const int Snappy = 1;
    private const int Zstd = 6;

    private const int DictionaryPage = 2;
    private const int DataPage = 0;
    private const int DataPageV2 = 3;

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private readonly List<(List<ParquetColumnChunk> Columns, long Rows)> _groups = [];

    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">Its metadata is not that of a Parquet file.</exception>
    public ParquetLayout(Stream file)
    {
        var tail = file.Length < 12 ? throw new InvalidDataException($"{file.Length} bytes are none") : Bytes(file, file.Length - 8, 8);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail.AsSpan(4).SequenceEqual(Magic) || length <= 0 || length > file.Length - 12 || length > LongestFooter)
        {
            throw new InvalidDataException($"it ends in metadata of {length} bytes of {file.Length}, {LongestFooter} at most");
        }

        var children = new List<int>();
        var isWhole = new ThriftWalk(Bytes(file, file.Length - 8 - length, length), (structure, field, value) => Note(structure, field, value, children)).Walk(ParquetShapes.Footer) <= length;
        RequireShallow(children);
        if (!isWhole)
        {
            throw new InvalidDataException("its metadata ends too early");
        }
    }

    /// <summary>The pages of a row group.</summary>
    /// <param name="file">The file.</param>
    /// <param name="group">The row group.</param>
    /// <exception cref="InvalidDataException">The pages are not what the metadata says.</exception>
    public ParquetPages Pages(Stream file, int group)
    {
        var (columns, rows) = _groups[group];
        var pages = new ParquetPages();
        foreach (var (column, chunk) in columns.Index())
        {
            if (rows < 0 || chunk.Values < rows || chunk.Values > FreeValues + (ValuesPerByte * file.Length))
            {
                throw new InvalidDataException($"row group {group + 1} has {rows} rows, its column {column + 1} {chunk.Values} values, in a file of {file.Length} bytes; expected a value a row or more, and at most {FreeValues} and {ValuesPerByte} a byte");
            }

            Walk(file, chunk, pages);
        }

        return pages;
    }

    private static void Walk(Stream file, ParquetColumnChunk chunk, ParquetPages pages)
    {
        var at = chunk.Begin;
        for (var values = 0L; values < chunk.Values;)
        {
            if (at < Magic.Length || at >= file.Length)
            {
                throw new InvalidDataException($"a page begins at byte {at} of {file.Length}");
            }

            var begin = at;
            var (type, unpacked, packed, count, levels, isPacked) = (-1L, -1L, -1L, -1L, 0L, true);
            at += new ThriftWalk(Bytes(file, at, (int)Math.Min(LongestHeader, file.Length - at)), (structure, field, value) =>
            {
                switch (structure, field)
                {
                    case (ParquetShapes.Page, 1):
                        type = value;
                        break;
                    case (ParquetShapes.Page, 2):
                        unpacked = value;
                        break;
                    case (ParquetShapes.Page, 3):
                        packed = value;
                        break;
                    case ("DataPageHeader" or "DictionaryPageHeader" or "DataPageHeaderV2", 1):
                        count = value;
                        break;
                    case ("DataPageHeaderV2", 5 or 6):
                        levels += value;
                        break;
                    case ("DataPageHeaderV2", 7):
                        isPacked = value != 0;
                        break;
                }
            }).Walk(ParquetShapes.Page);
            if (packed < 0 || packed > file.Length - at || unpacked < 0 || unpacked > FreePage + (Unpacked * packed))
            {
                throw new InvalidDataException($"a page at byte {at} of {file.Length} has {packed} bytes and {unpacked} when unpacked; expected them within the file, and at most {FreePage} and {Unpacked} a byte unpacked");
            }

            if (type is not (DictionaryPage or DataPage or DataPageV2) || count < 0 || (type == DictionaryPage ? count > unpacked : count == 0 || (values += count) > chunk.Values))
            {
                throw new InvalidDataException($"a page of type {type} at byte {at} has {count} values; its column has {chunk.Values}");
            }

            // Levels of newer pages stand in front and are not packed.
            if (isPacked && (chunk.Codec is Snappy or Zstd) && levels >= 0 && levels < packed)
            {
                var bytes = Bytes(file, at + levels, (int)(chunk.Codec == Snappy ? Math.Min(packed - levels, PackedSize.LongestSnappy) : packed - levels));
                if ((chunk.Codec == Snappy ? PackedSize.OfSnappy(bytes) : PackedSize.OfZstd(bytes)) is var said && (said < 0 || said > FreePage + (Unpacked * packed)))
                {
                    throw new InvalidDataException($"a page at byte {at} has {packed} bytes that say that they unpack to {said}; expected at most {FreePage} and {Unpacked} a byte");
                }
            }

            pages.Add(begin, at, at + packed);
            at += packed;
        }
    }

    private void Note(string structure, int field, long value, List<int> children)
    {
        switch (structure, field)
        {
            case ("SchemaElement", 0):
                children.Add(0);
                break;
            case ("SchemaElement", 5):
                children[^1] = (int)value;
                break;
            case ("RowGroup", 0):
                _groups.Add(([], -1));
                break;
            case ("RowGroup", 3):
                _groups[^1] = _groups[^1] with { Rows = value };
                break;
            case ("ColumnChunk", 0):
                _groups[^1].Columns.Add(new ParquetColumnChunk());
                break;
            case ("ColumnMetaData", 4):
                _groups[^1].Columns[^1].Codec = value;
                break;
            case ("ColumnMetaData", 5):
                _groups[^1].Columns[^1].Values = value;
                break;
            case ("ColumnMetaData", 9 or 10 or 11) when value != 0:
                _groups[^1].Columns[^1].Begin = Math.Min(_groups[^1].Columns[^1].Begin, value);
                break;
        }
    }

    // The library follows the schema by calling itself.
    private static void RequireShallow(List<int> children)
    {
        var open = new Stack<int>();
        foreach (var count in children)
        {
            while (open.TryPeek(out var left) && left <= 0)
            {
                open.Pop();
            }

            if (open.TryPop(out var rest))
            {
                open.Push(rest - 1);
            }

            open.Push(count);
            if (open.Count > DeepestSchema)
            {
                throw new InvalidDataException($"its columns are nested more than {DeepestSchema} deep");
            }
        }
    }

    private static byte[] Bytes(Stream file, long at, int count)
    {
        file.Position = at;
        var bytes = new byte[count];
        file.ReadExactly(bytes);
        return bytes;
    }
}
