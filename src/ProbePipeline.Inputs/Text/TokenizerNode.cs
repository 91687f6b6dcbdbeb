using System.Text.Json;
using System.Text.Unicode;

namespace ProbePipeline.Inputs.Text;

/// <summary>A value in tokenizer.json that knows where it stands, so that an error can say so.</summary>
internal readonly record struct TokenizerNode(JsonElement Value, string File, string Path)
{
    private const long LargestFile = 256L << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Whether the value is there at all.</summary>
    public bool IsNull => Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>The <c>type</c> of a part.</summary>
    public string Type => this["type"].Text();

    /// <summary>A key of an object; a null node where it is missing.</summary>
    public TokenizerNode this[string key] => Value.ValueKind == JsonValueKind.Object
        ? new TokenizerNode(Value.TryGetProperty(key, out var child) ? child : default, File, Path.Length == 0 ? key : $"{Path}.{key}")
        : throw Error("an object");

    public static TokenizerNode Read(string path)
    {
        try
        {
            // Of the file that a link points to; the link itself is short.
            using var handle = System.IO.File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            var bytes = length <= LargestFile ? System.IO.File.ReadAllBytes(path) : throw new TokenizerException($"{path}: expected at most {LargestFile >> 20} MB, found {length >> 20} MB");
            if (!Utf8.IsValid(bytes))
            {
                throw new TokenizerException($"{path} is no tokenizer.json: it is not UTF-8 text");
            }

            using var document = JsonDocument.Parse(bytes, Options);
            return new TokenizerNode(document.RootElement.Clone(), path, "");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            var old = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", "tokenizer.model");
            throw new TokenizerException(
                System.IO.File.Exists(old)
                    ? $"{path} does not exist; {old} does, but is not read. Load the tokenizer in Python (AutoTokenizer) and save_pretrained it, which writes tokenizer.json"
                    : $"{path} does not exist; copy the tokenizer.json of the checkpoint that the model comes from",
                error);
        }
        catch (JsonException error)
        {
            throw new TokenizerException($"{path} is no tokenizer.json: {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException($"{path} cannot be read: {error.Message}", error);
        }
    }

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Error("a string");

    public string? TextOrNull() => IsNull ? null : Text();

    public bool Flag(bool defaultValue) => Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => IsNull ? defaultValue : throw Error("true or false"),
    };

    public int Integer() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) && number >= 0 ? number : throw Error("a whole number from 0");

    public IEnumerable<TokenizerNode> Elements()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Error("a list");
        }

        var (file, path) = (File, Path);
        return Value.EnumerateArray().Select((element, index) => new TokenizerNode(element, file, $"{path}[{index}]"));
    }

    public IEnumerable<(string Key, TokenizerNode Value)> Entries()
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Error("an object");
        }

        var (file, path) = (File, Path);
        return Value.EnumerateObject().Select(entry => (entry.Name, new TokenizerNode(entry.Value, file, $"{path}.{entry.Name}")));
    }

    public TokenizerException Error(string expected)
    {
        var found = Value.ValueKind == JsonValueKind.Undefined ? "nothing" : Value.GetRawText();
        return new TokenizerException($"{File}: {(Path.Length == 0 ? "the whole file" : Path)}: expected {expected}, found {(found.Length > 80 ? found[..80] + "..." : found)}");
    }
}
