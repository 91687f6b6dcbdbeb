using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Parquet;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>
/// Parquet files of one form, in the order of their names. Names of classes come from the metadata that the Hugging Face datasets library embeds (key
/// <c>huggingface</c>: info.features, as datasets 5.2 writes it).
/// </summary>
internal sealed class ParquetTable : ITable
{
    private readonly ImmutableArray<string> _paths;

    // Rows are asked for one after the other, but on more than one thread, and a row group is read as a whole.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, object?[]> _columns = [];
    private (string Path, int Group)? _last;

    // So that not every column's reading looks at the pages of all of them.
    private (string Path, int Group, ParquetPages Pages)? _walked;

    /// <param name="paths">The files.</param>
    /// <exception cref="DatasetException">A file is no Parquet file, or has other columns than the first.</exception>
    public ParquetTable(ImmutableArray<string> paths)
    {
        _paths = paths;
        (Columns, ClassNames) = Read(paths[0], reader => (reader.Schema.Fields.Select(field => field.Name).ToImmutableArray(), Names(reader, paths[0])));
        foreach (var path in paths.Skip(1))
        {
            var columns = Read(path, reader => reader.Schema.Fields.Select(field => field.Name).ToImmutableArray());
            if (!columns.SequenceEqual(Columns))
            {
                throw new DatasetException($"{path}: expected the columns of {paths[0]}, {string.Join(", ", Columns)}; found {string.Join(", ", columns)}");
            }
        }

        TableFile.RequireColumns(Columns.Length, paths[0]);
        if (Columns.CountBy(column => column).FirstOrDefault(column => column.Value > 1) is { Key: { } twice })
        {
            throw new DatasetException($"{paths[0]}: expected a name of its own for every column; found '{twice}' twice");
        }
    }

    public ImmutableArray<string> Columns { get; }

    public ImmutableDictionary<string, ImmutableArray<string>> ClassNames { get; }

    public IEnumerable<TableRow> Rows(IReadOnlySet<string> left)
    {
        foreach (var path in _paths)
        {
            var groups = Read(path, reader => reader.RowGroupCount);
            var first = 0;
            for (var group = 0; group < groups; group++)
            {
                var columns = Columns.Select(column => (Name: column, Cells: Column(path, group, column, !left.Contains(column)))).ToArray();
                var rows = columns.Length == 0 ? 0 : columns[0].Cells.Length;
                for (var row = 0; row < rows; row++)
                {
                    var (inGroup, ofFile) = (row, group);
                    var cells = columns.ToDictionary(column => column.Name, column => column.Cells[inGroup], StringComparer.Ordinal);
                    yield return new TableRow(
                        string.Create(CultureInfo.InvariantCulture, $"{path}, row {first + row + 1}"),
                        new ReadOnlyDictionary<string, object?>(cells),
                        column => Again(path, ofFile, inGroup, column));
                }

                first += rows;
            }
        }
    }

    private object? Again(string path, int group, int row, string column)
    {
        if (!Columns.Contains(column))
        {
            return null;
        }

        lock (_lock)
        {
            if (_last != (path, group))
            {
                _columns.Clear();
                _last = (path, group);
            }

            if (!_columns.TryGetValue(column, out var cells))
            {
                _columns[column] = cells = Column(path, group, column, withBytes: true);
            }

            return cells[row];
        }
    }

    private object?[] Column(string path, int group, string column, bool withBytes)
    {
        lock (_lock)
        {
            return Read(path, group, reader =>
            {
                using var opened = reader.OpenRowGroupReader(group);
                var cells = ParquetCells.Read(opened, reader.Schema.Fields.Single(field => field.Name == column), withBytes);
                return cells.Length == opened.RowCount ? cells : throw new InvalidDataException($"row group {group + 1} has {opened.RowCount} rows, its column {column} {cells.Length}");
            });
        }
    }

    private static ImmutableDictionary<string, ImmutableArray<string>> Names(ParquetReader reader, string path)
    {
        if (!reader.CustomMetadata.TryGetValue("huggingface", out var text))
        {
            return ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        }

        try
        {
            using var metadata = StrictJson.Parse(Encoding.UTF8.GetBytes(text), allowDuplicates: true);
            return metadata.RootElement.GetProperty("info").GetProperty("features").EnumerateObject()
                .Where(feature => feature.Value.ValueKind == JsonValueKind.Object && feature.Value.TryGetProperty("names", out _))
                .ToImmutableDictionary(feature => feature.Name, feature => feature.Value.GetProperty("names").EnumerateArray().Select(name => name.GetString() ?? throw new JsonException($"{feature.Name} has a name that is null")).ToImmutableArray());
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DatasetException($"{path}: its metadata 'huggingface' does not name features as the datasets library writes them ({error.Message}); write the file again", error);
        }
    }

    private T Read<T>(string path, Func<ParquetReader, T> read) => Read(path, null, read);

    private T Read<T>(string path, int? group, Func<ParquetReader, T> read)
    {
        try
        {
            // The library has no other way; nobody waits on a context here.
            return ReadAsync(path, group, read).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not (DatasetException or OutOfMemoryException))
        {
            throw new DatasetException($"{path}: expected a Parquet file that can be read ({error.Message}). Fetch or write it again.", error);
        }
    }

    private async Task<T> ReadAsync<T>(string path, int? group, Func<ParquetReader, T> read)
    {
        using var file = new ParquetStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read));
        var layout = new ParquetLayout(file);
        var reader = await ParquetReader.CreateAsync(file).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            if (group is { } index)
            {
                var walked = _walked is { } last && (last.Path, last.Group) == (path, index) ? last : (Path: path, Group: index, Pages: layout.Pages(file, index));
                (_walked, file.Pages) = (walked, walked.Pages);
            }

            return read(reader);
        }
    }
}
