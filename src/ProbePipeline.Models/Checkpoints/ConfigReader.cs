using System.Globalization;
using System.Text.Json;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>
/// config.json, or an object inside it, read by type. Hugging Face transformers leaves out what equals a class's default, so every reading names
/// that default; <c>null</c> counts as left out but where a class gives null a meaning of its own (<see cref="NullableInt"/>).
/// </summary>
internal sealed class ConfigReader
{
    // Far beyond published models, and small enough that products of a few of them are numbers of 64 bits.
    private const int LargestWidth = 1 << 20;
    private const int LargestCount = 1024;
    private const int MostHeads = 4096;
    private const int MostTokens = 1 << 24;
    private const int LongestEdge = 1 << 14;

    private readonly JsonElement? _object;
    private readonly string _file;
    private readonly string _path;

    private ConfigReader(JsonElement? @object, string file, string path)
    {
        _object = @object;
        _file = file;
        _path = path;
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="CheckpointException">It does not exist or holds no JSON object.</exception>
    public static ConfigReader Open(string path) => new(JsonFile.Read(path), path, path: "");

    /// <summary>A configuration that stands in another file.</summary>
    /// <param name="element">The object.</param>
    /// <param name="file">Named in errors.</param>
    public static ConfigReader Of(JsonElement element, string file) => new(element, file, path: "");

    /// <summary>Whether a key is there and not null.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>The object under a key; an empty one, in which everything has its default, where there is none.</summary>
    public ConfigReader Object(string key) => new(Find(key, JsonValueKind.Object, "an object"), _file, At(key));

    /// <summary>A whole number.</summary>
    public int Int(string key, int classDefault) => Find(key) is { } value ? Int(key, value) : classDefault;

    /// <summary>A whole number from 1: a width or a count.</summary>
    public int Size(string key, int classDefault, int most = LargestWidth) => Int(key, classDefault) is var size && size >= 1 && size <= most
        ? size
        : throw Error(key, size < 1 ? "at least 1" : $"at most {most}", $"{size}");

    /// <summary>A number of layers or channels, or what else is built one by one or multiplies a width.</summary>
    public int Count(string key, int classDefault) => Size(key, classDefault, LargestCount);

    /// <summary>A number of heads, which multiplies their size.</summary>
    public int Heads(string key, int classDefault) => Size(key, classDefault, MostHeads);

    /// <summary>Tokens that there are, or that there may be in a row.</summary>
    public int Tokens(string key, int classDefault) => Size(key, classDefault, MostTokens);

    /// <summary>Pixels along an edge, or what else is squared.</summary>
    public int Edge(string key, int classDefault) => Size(key, classDefault, LongestEdge);

    /// <summary>A whole number under the first spelling that is there; others must agree with it.</summary>
    public int Int(IReadOnlyList<string> keys, int classDefault) => OneOf(keys, Int, classDefault);

    /// <summary>A whole number that has no default.</summary>
    public int RequiredInt(string key) => Int(key, Require(key, "a whole number"));

    /// <summary>A whole number or null, which differs from a key that is not there.</summary>
    public int? NullableInt(string key, int? classDefault) => IsNull(key) ? null : Find(key) is { } value ? Int(key, value) : classDefault;

    /// <summary>A number.</summary>
    public double Double(string key, double classDefault) => Find(key) is { } value ? Double(key, value) : classDefault;

    /// <summary>A number that has no default.</summary>
    public double RequiredDouble(string key) => Double(key, Require(key, "a number"));

    /// <summary>A number or null, which differs from a key that is not there.</summary>
    public double? NullableDouble(string key, double? classDefault) => IsNull(key) ? null : Find(key) is { } value ? Double(key, value) : classDefault;

    /// <summary>True or false.</summary>
    public bool Bool(string key, bool classDefault) => Find(key) switch
    {
        null => classDefault,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Error(key, "true or false", Show(other)),
    };

    /// <summary>Text.</summary>
    public string String(string key, string classDefault) => Find(key, JsonValueKind.String, "a string") is { } value ? Text(key, value) : classDefault;

    /// <summary>Text under the first spelling that is there; others must agree with it.</summary>
    public string String(IReadOnlyList<string> keys, string classDefault) => OneOf(keys, Text, classDefault);

    /// <summary>Text that has no default.</summary>
    public string RequiredString(string key) => Text(key, Require(key, "a string"));

    /// <summary>Numbers, without a default.</summary>
    public IReadOnlyList<double> RequiredDoubleList(string key) => [.. Elements(key, Require(key, "a list of numbers")).Select(element => Double(key, element))];

    /// <summary>Texts; none where the key is not there.</summary>
    public IReadOnlyList<string> StringList(string key) => Find(key) is { } value ? [.. Elements(key, value).Select(element => Text(key, element))] : [];

    /// <summary>One whole number or a list of them.</summary>
    public IReadOnlyList<int> IntOrList(string key, IReadOnlyList<int> classDefault) => Find(key) switch
    {
        null => classDefault,
        { ValueKind: JsonValueKind.Array } list => [.. Elements(key, list).Select(element => Int(key, element))],
        { } value => [Int(key, value)],
    };

    /// <summary>The error that a value under a key is not what is needed.</summary>
    public CheckpointException Error(string key, string expected, string found) => new($"{_file}: {At(key)}: expected {expected}, found {found}");

    private string At(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    private bool IsNull(string key) => _object is { } parent && parent.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Null;

    private JsonElement? Find(string key) => _object is { } parent && parent.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private JsonElement? Find(string key, JsonValueKind kind, string expected) =>
        Find(key) is not { } value ? null : value.ValueKind == kind ? value : throw Error(key, expected, Show(value));

    private JsonElement Require(string key, string expected) => Find(key) ?? throw Error(key, expected, "nothing");

    private T OneOf<T>(IReadOnlyList<string> keys, Func<string, JsonElement, T> read, T classDefault)
    {
        var found = keys.Where(Has).Select(key => (Key: key, Value: read(key, Find(key)!.Value))).ToArray();
        foreach (var (key, value) in found.Where(other => !Equals(other.Value, found[0].Value)))
        {
            throw Error(key, $"the same as {At(found[0].Key)}, {found[0].Value}", $"{value}");
        }

        return found.Length > 0 ? found[0].Value : classDefault;
    }

    private int Int(string key, JsonElement value)
    {
        // Some writers put 1e6 or 4.0 where a whole number is meant.
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue)
        {
            return (int)number;
        }

        throw Error(key, "a whole number", Show(value));
    }

    private double Double(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : throw Error(key, "a number", Show(value));

    private string Text(string key, JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Error(key, "a string", Show(value));
        }
        catch (InvalidOperationException error)
        {
            // Half a surrogate pair.
            throw new CheckpointException($"{_file}: {At(key)}: expected a string of Unicode characters: {error.Message}", error);
        }
    }

    private JsonElement.ArrayEnumerator Elements(string key, JsonElement value) => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Error(key, "a list", Show(value));

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 60)}... ({text.Length} characters)");
    }
}
