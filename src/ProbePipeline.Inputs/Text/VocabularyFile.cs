using System.Globalization;
using System.Text;

namespace ProbePipeline.Inputs.Text;

/// <summary>
/// The vocabulary and merges of a tokenizer.json. Microsoft.ML.Tokenizers merges UTF-16 units, so a character outside the basic plane is shown to it
/// as an unused one of the private area ("symbol").
/// </summary>
internal sealed class VocabularyFile
{
    private readonly Dictionary<int, char> _stand = [];
    private readonly HashSet<(char Left, char Right)> _mergeable = [];
    private readonly TokenizerNode _node;

    private VocabularyFile(TokenizerNode node)
    {
        _node = node;
        Vocabulary = ReadVocabulary(node["vocab"]);
        EndOfWordSuffix = node["end_of_word_suffix"].TextOrNull() is { Length: > 0 } suffix ? suffix : null;
        FusesUnknown = node["fuse_unk"].Flag(false);
        LooksUpWholePieces = node["ignore_merges"].Flag(false);
        UnknownId = node["unk_token"].TextOrNull() is { } unknown
            ? Vocabulary.TryGetValue(unknown, out var id) ? id : throw node["unk_token"].Error("a token of the vocabulary")
            : null;
        FallsBackToBytes = node["byte_fallback"].Flag(false);
        GiveStands();
        Symbols = Vocabulary.ToDictionary(entry => Project(entry.Key), entry => entry.Value, StringComparer.Ordinal);
        SymbolMerges = [.. node["merges"].Elements().Select(Merge)];
    }

    /// <summary>Id of every token.</summary>
    public Dictionary<string, int> Vocabulary { get; }

    /// <summary>The same with symbols.</summary>
    public IReadOnlyDictionary<string, int> Symbols { get; }

    /// <summary>The merges in order, "left right", with symbols.</summary>
    public IReadOnlyList<string> SymbolMerges { get; }

    /// <summary>What the last character of a piece carries; null: nothing.</summary>
    public string? EndOfWordSuffix { get; }

    /// <summary>What characters become that the vocabulary lacks; null: they are dropped.</summary>
    public int? UnknownId { get; }

    /// <summary>Whether unknown characters next to each other are one unknown token.</summary>
    public bool FusesUnknown { get; }

    /// <summary>Whether a piece that is a token is that token, whatever the merges say.</summary>
    public bool LooksUpWholePieces { get; }

    private bool FallsBackToBytes { get; }

    /// <exception cref="TokenizerException">It is no byte-pair model, or one that contradicts itself.</exception>
    public static VocabularyFile Read(TokenizerNode node)
    {
        // The first files did not name the type.
        var type = node["type"].TextOrNull() ?? (node["merges"].IsNull ? "Unigram" : "BPE");
        if (type != "BPE")
        {
            throw node["type"].Error($"\"BPE\", since the models that can be probed here use it and a {type} vocabulary is searched in another way, which is not built");
        }

        if (node["continuing_subword_prefix"].TextOrNull() is { Length: > 0 })
        {
            throw node["continuing_subword_prefix"].Error("null, since no known model marks the inside of words");
        }

        if (node["dropout"] is { IsNull: false } dropout)
        {
            throw dropout.Error("null, since random merges are for training");
        }

        return new VocabularyFile(node);
    }

    /// <summary>The byte tokens of a character, where the vocabulary falls back to them and has all.</summary>
    public int[]? BytesOf(string character)
    {
        if (!FallsBackToBytes)
        {
            return null;
        }

        var names = Encoding.UTF8.GetBytes(character).Select(value => string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>")).ToArray();
        return names.All(Vocabulary.ContainsKey) ? [.. names.Select(name => Vocabulary[name])] : null;
    }

    /// <summary>The text with symbols.</summary>
    public string Project(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var symbols = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            symbols.Append(rune.IsBmp ? (char)rune.Value : _stand[rune.Value]);
        }

        return symbols.ToString();
    }

    /// <summary>Whether any merge joins a token that ends with one symbol and one that begins with the other: where none does, a piece can be cut.</summary>
    public bool MayMerge(char left, char right) => _mergeable.Contains((left, right));

    private static Dictionary<string, int> ReadVocabulary(TokenizerNode node)
    {
        var (ids, tokens) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<int, string>());
        foreach (var (token, id) in node.Entries())
        {
            if (!ids.TryAdd(token, id.Integer()))
            {
                throw id.Error("every token once");
            }

            if (!tokens.TryAdd(ids[token], token))
            {
                throw id.Error($"an id of its own, since it is also that of '{tokens[ids[token]]}'");
            }
        }

        return ids;
    }

    private void GiveStands()
    {
        var free = new Queue<char>(Enumerable.Range(0xE000, 0x1900).Select(code => (char)code).Except(Vocabulary.Keys.SelectMany(token => token)));
        foreach (var rune in Vocabulary.Keys.SelectMany(token => token.EnumerateRunes()).Where(rune => !rune.IsBmp).Distinct())
        {
            _stand[rune.Value] = free.TryDequeue(out var symbol) ? symbol : throw _node["vocab"].Error("at most 6 400 characters outside the basic plane");
        }
    }

    private string Merge(TokenizerNode node)
    {
        string[] parts = node.Value.ValueKind == System.Text.Json.JsonValueKind.Array ? [.. node.Elements().Select(part => part.Text())] : node.Text().Split(' ');
        if (parts is not [{ Length: > 0 } left, { Length: > 0 } right])
        {
            throw node.Error("two tokens");
        }

        if (!Vocabulary.ContainsKey(left) || !Vocabulary.ContainsKey(right) || !Vocabulary.ContainsKey(left + right))
        {
            throw node.Error("two tokens of the vocabulary that make a third");
        }

        (left, right) = (Project(left), Project(right));
        _mergeable.Add((left[^1], right[0]));
        return $"{left} {right}";
    }
}
