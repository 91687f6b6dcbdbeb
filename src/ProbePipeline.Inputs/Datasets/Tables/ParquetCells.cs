using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>
/// A column of a Parquet row group as cells: single values, structures, and lists of any depth, put together from repetition and definition levels
/// (Melnik et al., "Dremel", VLDB 2010). Lists of structures and maps are no cells; they read as null.
/// </summary>
internal static class ParquetCells
{
    /// <summary>A cell for every row.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="field">The column.</param>
    /// <param name="withBytes">Whether what may be large is read: without it a column of bytes is null, and a structure has only its other members.</param>
    public static object?[] Read(ParquetRowGroupReader group, Field field, bool withBytes = true) => field switch
    {
        DataField leaf => withBytes || leaf.ClrType != typeof(ReadOnlyMemory<byte>) ? Leaf(group, leaf, []) : new object?[group.RowCount],
        StructField structure => Structure(group, structure, withBytes),
        ListField list => List(group, list),
        _ => new object?[group.RowCount],
    };

    private static object?[] Structure(ParquetRowGroupReader group, StructField structure, bool withBytes)
    {
        (string Name, object?[] Cells)[] members = [.. structure.Fields.Select(member => (member.Name, Read(group, member, withBytes)))];
        // A structure of which nothing is known is none; but where bytes were left out, they may be known.
        return [.. Enumerable.Range(0, (int)group.RowCount).Select(row => withBytes && members.All(member => member.Cells[row] is null)
            ? null
            : (object)members.ToDictionary(member => member.Name, member => member.Cells[row], StringComparer.Ordinal))];
    }

    private static object?[] List(ParquetRowGroupReader group, ListField list)
    {
        var depths = new List<int>();
        for (Field field = list; ; field = ((ListField)field).Item)
        {
            if (field is DataField leaf)
            {
                return Leaf(group, leaf, depths);
            }

            if (field is not ListField inner)
            {
                return new object?[group.RowCount];
            }

            depths.Add(inner.MaxDefinitionLevel);
        }
    }

    /// <param name="group">The row group.</param>
    /// <param name="leaf">The column.</param>
    /// <param name="depths">For every list around a value the definition level from which on the list has an element; one less: it is empty; below: it is null.</param>
    private static object?[] Leaf(ParquetRowGroupReader group, DataField leaf, List<int> depths)
    {
        // The library has no other way; nobody waits on a context here.
        using var column = group.ReadRawColumnDataBaseAsync(leaf).AsTask().GetAwaiter().GetResult();
        var values = Values(column);
        var definitions = leaf.MaxDefinitionLevel == 0 ? null : column.DefinitionLevels.ToArray();
        var repetitions = leaf.MaxRepetitionLevel == 0 ? null : column.RepetitionLevels.ToArray();
        var (rows, open, next) = (new List<object?>(), new List<object?>[depths.Count], 0);
        for (var entry = 0; entry < (definitions?.Length ?? (int)group.RowCount); entry++)
        {
            var definition = definitions?[entry] ?? leaf.MaxDefinitionLevel;
            var level = repetitions?[entry] ?? 0;
            var into = level == 0 ? rows : open[level - 1];
            // New lists from the level that repeats on, down to the first that holds nothing.
            while (level < depths.Count && definition >= depths[level] - 1)
            {
                open[level] = [];
                into.Add(open[level]);
                into = open[level];
                if (definition < depths[level])
                {
                    break;
                }

                level++;
            }

            if (level == depths.Count)
            {
                into.Add(definition == leaf.MaxDefinitionLevel ? values[next++] : null);
            }
            else if (definition < depths[level] - 1)
            {
                into.Add(null);
            }
        }

        return [.. rows.Select(Frozen)];
    }

    private static object? Frozen(object? cell) => cell is List<object?> list ? list.Select(Frozen).ToArray() : cell;

    private static object?[] Values(RawColumnData column) => column switch
    {
        RawColumnData<ReadOnlyMemory<char>> texts => Each(texts.Values, text => text.ToString()),
        RawColumnData<ReadOnlyMemory<byte>> bytes => Each(bytes.Values, value => value.ToArray()),
        RawColumnData<bool> flags => Each(flags.Values, flag => flag),
        RawColumnData<byte> numbers => Each(numbers.Values, number => (long)number),
        RawColumnData<sbyte> numbers => Each(numbers.Values, number => (long)number),
        RawColumnData<short> numbers => Each(numbers.Values, number => (long)number),
        RawColumnData<ushort> numbers => Each(numbers.Values, number => (long)number),
        RawColumnData<int> numbers => Each(numbers.Values, number => (long)number),
        RawColumnData<uint> numbers => Each(numbers.Values, number => (long)number),
        RawColumnData<long> numbers => Each(numbers.Values, number => number),
        RawColumnData<float> numbers => Each(numbers.Values, number => (double)number),
        RawColumnData<double> numbers => Each(numbers.Values, number => number),
        _ => throw new InvalidDataException($"a column holds {column.GetType().GenericTypeArguments[0].Name}; expected texts, bytes, numbers or true and false"),
    };

    private static object?[] Each<T>(Span<T> values, Func<T, object?> cell)
    {
        var cells = new object?[values.Length];
        for (var index = 0; index < cells.Length; index++)
        {
            cells[index] = cell(values[index]);
        }

        return cells;
    }
}
