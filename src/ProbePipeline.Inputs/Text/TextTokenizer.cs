using System.Collections.Immutable;
using System.Text;

namespace ProbePipeline.Inputs.Text;

/// <summary>
/// A tokenizer.json with a byte-pair vocabulary, equal to the reference (huggingface/tokenizers 0.23) in ids and in decoded text.
/// Safe to use from several threads.
/// </summary>
public sealed class TextTokenizer
{
    private readonly ImmutableArray<AddedToken> _added;
    private readonly Dictionary<string, int> _addedIds;
    private readonly Dictionary<int, string> _tokens;
    private readonly HashSet<int> _special;
    private readonly AddedTokenSplitter _raw;
    private readonly AddedTokenSplitter _normalized;
    private readonly Normalizer _normalizer;
    private readonly PreTokenizer _preTokenizer;
    private readonly BytePairModel _model;
    private readonly PostProcessor _postProcessor;
    private readonly TokenDecoder? _decoder;

    private TextTokenizer(TokenizerNode file)
    {
        _normalizer = Normalizer.Read(file["normalizer"]);
        _preTokenizer = PreTokenizer.Read(file["pre_tokenizer"]);
        _model = BytePairModel.Read(file["model"]);
        _postProcessor = PostProcessor.Read(file["post_processor"]);
        _decoder = TokenDecoder.Read(file["decoder"]);
        _added = file["added_tokens"].IsNull ? [] : [.. file["added_tokens"].Elements().Select(AddedToken.Read)];
        _raw = new AddedTokenSplitter(_added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        _normalized = new AddedTokenSplitter(_added.Where(token => token.Normalized).Select(token => (_normalizer.Apply(token.Content), token)));
        _addedIds = _added.GroupBy(token => token.Content, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Id, StringComparer.Ordinal);
        _special = [.. _added.Where(token => token.Special).Select(token => token.Id)];
        _tokens = [];
        foreach (var (token, id) in _model.Vocabulary.Concat(_addedIds))
        {
            _tokens[id] = token;
        }
    }

    /// <summary>How many ids mean a token.</summary>
    public int VocabularySize => _tokens.Count;

    /// <summary>Reads a file.</summary>
    /// <param name="path">A tokenizer.json.</param>
    /// <exception cref="TokenizerException">The file does not exist, or holds what is not supported; the message says where.</exception>
    public static TextTokenizer Load(string path) => new(TokenizerNode.Read(path));

    /// <summary>A text's ids.</summary>
    /// <param name="text">Any text; halves of surrogate pairs by themselves count as U+FFFD, since the reference cannot be given them.</param>
    /// <param name="addSpecialTokens">Whether the tokens that begin and end a text are added.</param>
    /// <exception cref="TokenizerException">A pattern takes too long on it.</exception>
    public ImmutableArray<int> Encode(string text, bool addSpecialTokens)
    {
        var ids = ImmutableArray.CreateBuilder<int>();
        if (addSpecialTokens)
        {
            ids.AddRange(_postProcessor.Before);
        }

        text = Whole(text);
        foreach (var (token, start, end) in _raw.Split(text))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
                continue;
            }

            var normalized = _normalizer.Apply(text[start..end]);
            foreach (var (inner, innerStart, innerEnd) in _normalized.Split(normalized))
            {
                if (inner is not null)
                {
                    ids.Add(inner.Id);
                    continue;
                }

                foreach (var piece in _preTokenizer.Apply([normalized[innerStart..innerEnd]], beginsText: start == 0 && innerStart == 0))
                {
                    ids.AddRange(_model.Encode(piece));
                }
            }
        }

        if (addSpecialTokens)
        {
            ids.AddRange(_postProcessor.After);
        }

        return ids.DrainToImmutable();
    }

    /// <summary>The text of ids; ids that mean nothing are passed over.</summary>
    /// <param name="ids">In order.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        string[] tokens = [.. ids.Where(id => !skipSpecialTokens || !_special.Contains(id)).Select(TokenOf).OfType<string>()];
        return _decoder is null ? string.Join(' ', tokens) : string.Concat(_decoder.Apply(tokens));
    }

    /// <summary>The id of a token as the vocabulary spells it; null where it has none.</summary>
    public int? IdOf(string token) => _addedIds.TryGetValue(token, out var added) ? added : _model.Vocabulary.TryGetValue(token, out var id) ? id : null;

    /// <summary>The token of an id as the vocabulary spells it; null where it means none.</summary>
    public string? TokenOf(int id) => _tokens.GetValueOrDefault(id);

    private static string Whole(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune.ToString());
        }

        return whole.ToString();
    }
}
