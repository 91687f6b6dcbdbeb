using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>A file with a JSON object a line (jsonlines.org). Empty lines are passed over.</summary>
internal sealed class JsonLinesTable : ITable
{
    private const int DeepestNesting = 16;

    private readonly string _path;

    /// <exception cref="DatasetException">A line is no JSON object.</exception>
    public JsonLinesTable(string path)
    {
        _path = path;
        var columns = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        // Lines may differ, so all of them say which columns there are.
        foreach (var (number, _, line) in TextLines.Read(path))
        {
            using var parsed = Parse(line, Place(number));
            foreach (var member in parsed.RootElement.EnumerateObject())
            {
                columns.TryAdd(member.Name, true);
            }

            TableFile.RequireColumns(columns.Count, path);
        }

        Columns = [.. columns.Keys];
    }

    public ImmutableArray<string> Columns { get; }

    public ImmutableDictionary<string, ImmutableArray<string>> ClassNames => ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    public IEnumerable<TableRow> Rows(IReadOnlySet<string> left)
    {
        foreach (var (number, offset, line) in TextLines.Read(_path))
        {
            using var parsed = Parse(line, Place(number));
            var cells = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var member in parsed.RootElement.EnumerateObject())
            {
                cells[member.Name] = JsonCells.Of(member.Value);
                if (left.Contains(member.Name) && cells[member.Name] is Dictionary<string, object?> structure)
                {
                    structure.Remove("bytes");
                }
            }

            yield return new TableRow(Place(number), new ReadOnlyDictionary<string, object?>(cells), column => Again(number, offset, column));
        }
    }

    private object? Again(int number, long offset, string column)
    {
        using var parsed = Parse(TextLines.ReadAt(_path, offset), Place(number));
        return parsed.RootElement.TryGetProperty(column, out var found) ? JsonCells.Of(found) : null;
    }

    private string Place(int line) => FormattableString.Invariant($"{_path}, line {line}");

    private static JsonDocument Parse(byte[] line, string place)
    {
        try
        {
            var parsed = StrictJson.Parse(line, DeepestNesting, allowDuplicates: true);
            return parsed.RootElement.ValueKind == JsonValueKind.Object
                ? parsed
                : throw new JsonException("the line is not one object");
        }
        catch (JsonException error)
        {
            // The parser's own place counts within the line and from 0.
            var reason = error.Message.Split(" LineNumber:")[0];
            throw new DatasetException($"{place}: expected a JSON object such as {{\"picture\": \"a.png\", \"box\": [0, 0, 10, 10]}}; {reason}", error);
        }
    }
}
