using System.Text.Json;
using System.Text.Unicode;

namespace ProbePipeline.Inputs;

/// <summary>JSON that may be anybody's: UTF-8, bounded in depth, its strings whole Unicode text, so that reading one later never fails.</summary>
internal static class StrictJson
{
    private const int DeepestNesting = 64;

    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <param name="text">One JSON value, with a byte order mark or without.</param>
    /// <param name="deepest">Lists and objects in each other.</param>
    /// <param name="allowDuplicates">Whether a key may come twice; the last one counts.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> text, int deepest = DeepestNesting, bool allowDuplicates = false) =>
        JsonDocument.Parse(WithWholeStrings(text, deepest), new JsonDocumentOptions { MaxDepth = deepest, AllowDuplicateProperties = allowDuplicates });

    /// <summary>The text without its byte order mark, once every string in it is known to be whole.</summary>
    /// <inheritdoc cref="Parse"/>
    public static ReadOnlyMemory<byte> WithWholeStrings(ReadOnlyMemory<byte> text, int deepest = DeepestNesting)
    {
        text = text.Span.StartsWith(Mark) ? text[Mark.Length..] : text;
        if (!Utf8.IsValid(text.Span))
        {
            throw new JsonException("it is not UTF-8 text");
        }

        try
        {
            RequireWholeCharacters(text.Span, deepest);
            return text;
        }
        catch (InvalidOperationException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    // Half of a surrogate pair, written as an escape, is only found when the string is read.
    private static void RequireWholeCharacters(ReadOnlySpan<byte> text, int deepest)
    {
        if (text.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = deepest });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }
}
