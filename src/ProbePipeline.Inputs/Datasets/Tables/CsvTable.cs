using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>A CSV file (RFC 4180) with a line of column names. Cells are texts; lists and objects in them are JSON; an empty cell is none.</summary>
internal sealed class CsvTable : ITable
{
    private readonly string _path;

    /// <exception cref="DatasetException">The file cannot be read, or its first line is no list of different names.</exception>
    public CsvTable(string path)
    {
        _path = path;
        using var reader = Open(out _);
        Columns = [.. Try(() => reader.Read() && reader.ReadHeader()) ? reader.HeaderRecord! : []];
        TableFile.RequireColumns(Columns.Length, path);
        if (Columns.IsEmpty || Columns.Any(string.IsNullOrWhiteSpace) || Columns.Distinct().Count() != Columns.Length)
        {
            throw new DatasetException($"{path}, line 1: expected the names of the columns, each once, separated by commas; found {string.Join(",", Columns.DefaultIfEmpty("nothing"))}");
        }
    }

    public ImmutableArray<string> Columns { get; }

    public ImmutableDictionary<string, ImmutableArray<string>> ClassNames => ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public IEnumerable<TableRow> Rows(IReadOnlySet<string> left)
    {
        using var reader = Open(out var text);
        Try(() => reader.Read() && reader.ReadHeader());
        while (Try(reader.Read))
        {
            text.BeginRow();
            var place = string.Create(CultureInfo.InvariantCulture, $"{_path}, line {reader.Parser.RawRow}");
            var record = Try(() => reader.Parser.Record!);
            if (record.Length != Columns.Length)
            {
                throw new DatasetException(string.Create(CultureInfo.InvariantCulture, $"{place}: expected {Columns.Length} cells, one a column; found {record.Length}"));
            }

            var cells = Columns.Zip(record).Where(cell => cell.Second.Length > 0).ToDictionary(cell => cell.First, object? (cell) => cell.Second, StringComparer.Ordinal);
            // All of a line is in memory anyway: nothing is left out.
            yield return new TableRow(place, new ReadOnlyDictionary<string, object?>(cells), column => cells.GetValueOrDefault(column));
        }
    }

    private CsvReader Open(out BoundedRowReader text)
    {
        try
        {
            text = new BoundedRowReader(new StreamReader(_path), _path);
            return new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = bad => throw new BadDataException(bad.Field, bad.RawRecord, bad.Context) });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{_path}: the table cannot be read ({error.Message}). Check the path and its permissions.", error);
        }
    }

    private T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvHelperException error)
        {
            throw new DatasetException(
                string.Create(CultureInfo.InvariantCulture, $"{_path}, line {error.Context?.Parser?.RawRow ?? 0}: expected cells separated by commas, texts with commas or quotes in double quotes (RFC 4180)"), error);
        }
    }
}
