using System.Text;
using System.Text.Json;

namespace ProbePipeline.Inputs.Datasets.Tables;

/// <summary>JSON as the cells of a table.</summary>
internal static class JsonCells
{
    public static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Of).ToArray(),
        JsonValueKind.Object => Members(element),
        _ => null,
    };

    /// <summary>A cell that may be written as JSON where a table has only texts.</summary>
    /// <returns>What the text says; the text itself where it is no list or object.</returns>
    /// <exception cref="JsonException">It begins like a list or object and is none.</exception>
    public static object? OfText(string text)
    {
        if (text.TrimStart() is not (['[', ..] or ['{', ..]))
        {
            return text;
        }

        using var parsed = StrictJson.Parse(Encoding.UTF8.GetBytes(text), deepest: 16, allowDuplicates: true);
        return Of(parsed.RootElement);
    }

    private static Dictionary<string, object?> Members(JsonElement element)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = Of(member.Value);
        }

        return members;
    }
}
