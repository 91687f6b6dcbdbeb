using System.Text.Json;

namespace ProbePipeline.Inputs.Text;

/// <summary>A value in tokenizer.json that knows where it stands, so that an error can say so.</summary>
internal readonly record struct TokenizerNode(JsonElement Value, string File, string Path)
{
    private const long LargestFile = 256L << 20;

    /// <summary>Parts of a normalizer, pre-tokenizer or decoder, those in them included; a published one has less than ten, and each may be a pattern to compile.</summary>
    private const int MostParts = 256;

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
            using var document = StrictJson.Parse(BoundedFile.Read(path, LargestFile), allowDuplicates: true);
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
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
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

    /// <summary>The elements of a list of processing steps.</summary>
    public IEnumerable<TokenizerNode> Parts()
    {
        var count = ObjectsIn(Value);
        return count <= MostParts ? Elements() : throw new TokenizerException($"{File}: {Path}: expected at most {MostParts} parts, found {count}");
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

    // As deep as the file may be.
    private static int ObjectsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Sum(member => ObjectsIn(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Sum(ObjectsIn),
        _ => 0,
    };

    public TokenizerException Error(string expected)
    {
        var found = Value.ValueKind == JsonValueKind.Undefined ? "nothing" : Value.GetRawText();
        return new TokenizerException($"{File}: {(Path.Length == 0 ? "the whole file" : Shown(Path, 200))}: expected {expected}, found {Shown(found, 80)}");
    }

    private static string Shown(string text, int longest) => text.Length > longest ? text[..longest] + "..." : text;
}
