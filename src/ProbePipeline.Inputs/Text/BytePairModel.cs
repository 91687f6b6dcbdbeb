using System.Collections.Concurrent;
using Microsoft.ML.Tokenizers;

namespace ProbePipeline.Inputs.Text;

/// <summary>
/// Byte-pair encoding of a piece (huggingface/tokenizers 0.23, models/bpe). The merging is Microsoft.ML.Tokenizers'; what is done around it:
/// characters that the vocabulary lacks become bytes or the unknown token, whole pieces may be looked up first, and a piece is cut where no merge
/// can cross, since the merging takes more than linear time.
/// </summary>
internal sealed class BytePairModel
{
    /// <summary>Words come again and again.</summary>
    private const int RememberedPieces = 1 << 16;
    private const int LongestRemembered = 64;

    private readonly VocabularyFile _file;
    private readonly BpeTokenizer _inside;
    private readonly BpeTokenizer _atEnd;
    private readonly ConcurrentDictionary<string, int[]> _remembered = new(StringComparer.Ordinal);

    private BytePairModel(VocabularyFile file)
    {
        _file = file;
        _inside = Merger(file, suffix: null);
        _atEnd = file.EndOfWordSuffix is null ? _inside : Merger(file, file.EndOfWordSuffix);
    }

    /// <summary>The <c>model</c> of a tokenizer.json.</summary>
    public static BytePairModel Read(TokenizerNode node) => new(VocabularyFile.Read(node));

    /// <summary>Id of every token.</summary>
    public IReadOnlyDictionary<string, int> Vocabulary => _file.Vocabulary;

    /// <summary>The ids of a piece that is not empty.</summary>
    public IEnumerable<int> Encode(string piece)
    {
        if (_remembered.TryGetValue(piece, out var known))
        {
            return known;
        }

        int[] ids = _file.LooksUpWholePieces && Vocabulary.TryGetValue(piece, out var whole) ? [whole] : [.. Runs(piece)];
        if (piece.Length <= LongestRemembered && _remembered.Count < RememberedPieces)
        {
            _remembered.TryAdd(piece, ids);
        }

        return ids;
    }

    private static BpeTokenizer Merger(VocabularyFile file, string? suffix) => BpeTokenizer.Create(new BpeOptions(file.Symbols) { Merges = file.SymbolMerges, EndOfWordSuffix = suffix });

    /// <summary>Runs of characters that the vocabulary has are merged; a character that it lacks becomes its bytes or the unknown token.</summary>
    private List<int> Runs(string piece)
    {
        var (ids, unknown, begin, at) = (new List<int>(piece.Length), 0, 0, 0);
        foreach (var rune in piece.EnumerateRunes())
        {
            var end = at + rune.Utf16SequenceLength;
            var symbol = rune.ToString();
            if (!Vocabulary.ContainsKey(end == piece.Length ? symbol + _file.EndOfWordSuffix : symbol))
            {
                Merge(begin, at);
                if (_file.BytesOf(symbol) is { } bytes)
                {
                    ids.AddRange(bytes);
                }
                else
                {
                    unknown++;
                }

                begin = end;
            }

            at = end;
        }

        Merge(begin, piece.Length);
        Flush();
        return ids;

        void Merge(int start, int end)
        {
            if (end > start)
            {
                Flush();
                MergeRun(piece[start..end], end == piece.Length, ids);
            }
        }

        void Flush()
        {
            if (_file.UnknownId is { } id)
            {
                ids.AddRange(Enumerable.Repeat(id, _file.FusesUnknown ? Math.Min(unknown, 1) : unknown));
            }

            unknown = 0;
        }
    }

    private void MergeRun(string run, bool endsPiece, List<int> ids)
    {
        var symbols = _file.Project(run);
        var begin = 0;
        for (var end = 1; end <= symbols.Length; end++)
        {
            if (end == symbols.Length || !_file.MayMerge(symbols[end - 1], symbols[end]))
            {
                var merger = endsPiece && end == symbols.Length ? _atEnd : _inside;
                ids.AddRange(merger.EncodeToIds(symbols[begin..end], considerPreTokenization: false, considerNormalization: false));
                begin = end;
            }
        }
    }
}
