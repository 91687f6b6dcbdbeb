using System.Text.Json.Nodes;
using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Inputs.Tests.Text;

public sealed class TextTokenizerTests
{
    public static TheoryData<string, string, string> Pieces => new()
    {
        // Merges in their order, leftmost first.
        { "", "abcab", "5 4" },
        { "", "aab", "1 4" },
        // What the vocabulary lacks is unknown, one by one or together.
        { "", "aééb", "1 0 0 2" },
        { """{"model": {"fuse_unk": true}}""", "aééb", "1 0 2" },
        { """{"model": {"unk_token": null}}""", "aééb", "1 2" },
        // Or its bytes, where the vocabulary has them all.
        { """{"model": {"byte_fallback": true}}""", "aéb", "1 8 9 2" },
        { """{"model": {"byte_fallback": true}}""", "aèb", "1 0 2" },
        // A character of two UTF-16 units is one symbol, in merges too.
        { "", "b😀ac", "2 13 3" },
        { "", "b😀ab", "2 12 4" },
        { "", "😀😀", "12 12" },
        // Half of such a character counts as U+FFFD.
        { "", "a\uD83Db", "1 0 2" },
        // A whole piece is looked up before any merge.
        { """{"model": {"merges": [["a", "b"]], "ignore_merges": false}}""", "abc", "4 3" },
        { """{"model": {"merges": [["a", "b"]], "ignore_merges": true}}""", "abc", "5" },
        { """{"normalizer": {"type": "Prepend", "prepend": "▁"}}""", "ac", "7 3" },
        { """{"normalizer": {"type": "Prepend", "prepend": "▁"}}""", "", "" },
        { """{"normalizer": {"type": "Replace", "pattern": {"String": "b"}, "content": "a"}}""", "bb", "1 1" },
        { """{"normalizer": {"type": "Replace", "pattern": {"Regex": "[bc]+"}, "content": "a"}}""", "bcb", "1" },
        { """{"normalizer": {"type": "Strip", "strip_left": true, "strip_right": false}}""", " a ", "1 10" },
        { """{"normalizer": {"type": "Sequence", "normalizers": [{"type": "Lowercase"}, {"type": "NFC"}]}}""", "AB", "4" },
        { """{"normalizer": {"type": "Sequence", "normalizers": [{"type": "NFD"}, {"type": "StripAccents"}]}}""", "à", "1" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"String": "b"}, "behavior": "Isolated", "invert": false}}""", "ab", "1 2" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"String": "b"}, "behavior": "Removed", "invert": false}}""", "abc", "1 3" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"String": "b"}, "behavior": "Removed", "invert": true}}""", "abc", "2" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"String": "b"}, "behavior": "MergedWithPrevious", "invert": false}}""", "abc", "4 3" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"String": "b"}, "behavior": "MergedWithNext", "invert": false}}""", "abc", "1 2 3" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[ab]"}, "behavior": "Contiguous", "invert": false}}""", "abc", "4 3" },
        { """{"pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first", "split": false}}""", "a a", "7 7" },
        { """{"pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": false}}""", "a a", "1 7" },
        { """{"pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}}""", "▁a a", "7 7" },
    };

    [Theory]
    [MemberData(nameof(Pieces))]
    public void Encode_Rule_GivesTheReferencesIds(string changes, string text, string ids) =>
        Assert.Equal(ids, string.Join(' ', SmallTokenizer.With(file => Merge(file, changes)).Encode(text, addSpecialTokens: true)));

    [Theory]
    [InlineData("", "aXb", "1 50 2")]
    [InlineData("", "a X b", "1 10 50 10 2")]
    [InlineData(", \"lstrip\": true", "a  X b", "1 50 10 2")]
    [InlineData(", \"rstrip\": true", "a X  b", "1 10 50 2")]
    [InlineData(", \"lstrip\": true, \"rstrip\": true", "X  X", "50 50")]
    [InlineData(", \"single_word\": true", "aX X", "1 11 10 50")]
    [InlineData(", \"single_word\": true", "X.", "50 0")]
    public void Encode_AddedToken_IsFoundByItsRules(string options, string text, string ids) =>
        Assert.Equal(ids, string.Join(' ', SmallTokenizer.With(SmallTokenizer.Added("X", options)).Encode(text, addSpecialTokens: false)));

    [Fact]
    public void Encode_AddedTokens_TakesTheLongestOfTheLeftmost()
    {
        var tokenizer = SmallTokenizer.With(file =>
        {
            SmallTokenizer.Added("ab")(file);
            SmallTokenizer.Added("abc", ", \"id\": 51")(file);
        });
        Assert.Equal([51, 50], tokenizer.Encode("abcab", addSpecialTokens: false));
    }

    [Fact]
    public void Encode_NormalizedAddedToken_IsFoundAfterNormalisation()
    {
        var tokenizer = SmallTokenizer.With(file =>
        {
            SmallTokenizer.Part("normalizer", """{"type": "Lowercase"}""")(file);
            SmallTokenizer.Added("abc", ", \"normalized\": true")(file);
        });
        Assert.Equal([50], tokenizer.Encode("ABC", addSpecialTokens: false));
    }

    [Theory]
    [InlineData("""{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "a", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}], "pair": [], "special_tokens": {"a": {"id": "a", "ids": [1, 2], "tokens": ["a", "b"]}}}""", "1 2 3")]
    [InlineData("""{"type": "RobertaProcessing", "sep": ["b", 2], "cls": ["a", 1], "trim_offsets": false, "add_prefix_space": false}""", "1 3 2")]
    [InlineData("""{"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": false, "use_regex": true}""", "3")]
    [InlineData("""{"type": "Sequence", "processors": [{"type": "ByteLevel"}, {"type": "BertProcessing", "sep": ["b", 2], "cls": ["a", 1]}]}""", "1 3 2")]
    public void Encode_PostProcessor_AddsSpecialTokensOnRequest(string processor, string ids)
    {
        var tokenizer = SmallTokenizer.With(SmallTokenizer.Part("post_processor", processor));
        Assert.Equal(ids, string.Join(' ', tokenizer.Encode("c", addSpecialTokens: true)));
        Assert.Equal([3], tokenizer.Encode("c", addSpecialTokens: false));
    }

    [Theory]
    [InlineData("null", "1 4 7", "a ab ▁a")]
    [InlineData("""{"type": "Fuse"}""", "1 4 7", "aab▁a")]
    [InlineData("""{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}""", "7 7", " a a")]
    [InlineData("""{"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"}""", "7 7", "a a")]
    [InlineData("""{"type": "ByteFallback"}""", "1 8 9 2", "aéb")]
    [InlineData("""{"type": "ByteFallback"}""", "8 8 9", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("""{"type": "Sequence", "decoders": [{"type": "Fuse"}, {"type": "Strip", "content": "a", "start": 1, "stop": 1}]}""", "1 1 2 1 1", "aba")]
    [InlineData("""{"type": "BPEDecoder", "suffix": "b"}""", "4 4", "a a")]
    [InlineData("""{"type": "ByteLevel"}""", "1 99 2", "ab")]
    public void Decode_Decoder_GivesTheReferencesText(string decoder, string ids, string text)
    {
        var tokenizer = SmallTokenizer.With(SmallTokenizer.Part("decoder", decoder));
        Assert.Equal(text, tokenizer.Decode(ids.Split(' ').Select(int.Parse), skipSpecialTokens: false));
    }

    [Fact]
    public void Decode_SpecialTokens_AreLeftOutOnRequest()
    {
        var tokenizer = SmallTokenizer.With(SmallTokenizer.Added("X", ", \"special\": true"));
        Assert.Equal("a X", tokenizer.Decode([1, 50], skipSpecialTokens: false));
        Assert.Equal("a", tokenizer.Decode([1, 50], skipSpecialTokens: true));
    }

    [Fact]
    public void IdOf_AddedAndOtherTokens_AreBothKnown()
    {
        var tokenizer = SmallTokenizer.With(SmallTokenizer.Added("new"));
        Assert.Equal((50, 4, null), (tokenizer.IdOf("new"), tokenizer.IdOf("ab"), tokenizer.IdOf("nothing")));
        Assert.Equal(("new", "ab", null), (tokenizer.TokenOf(50), tokenizer.TokenOf(4), tokenizer.TokenOf(99)));
        Assert.Equal(15, tokenizer.VocabularySize);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { """{"model": {"type": "Unigram"}}""", "model.type: expected \"BPE\"" },
        { """{"model": {"type": "WordPiece"}}""", "model.type: expected \"BPE\"" },
        { """{"model": {"vocab": 3}}""", "model.vocab: expected an object, found 3" },
        { """{"model": {"vocab": {"a": -1}}}""", "model.vocab.a: expected a whole number from 0, found -1" },
        { """{"model": {"unk_token": "missing"}}""", "model.unk_token: expected a token of the vocabulary, found \"missing\"" },
        { """{"model": {"merges": [["a", "z"]]}}""", "model.merges[0]: expected two tokens of the vocabulary that make a third, found [\"a\",\"z\"]" },
        { """{"model": {"merges": ["a b c"]}}""", "model.merges[0]: expected two tokens, found \"a b c\"" },
        { """{"model": {"dropout": 0.1}}""", "model.dropout: expected null" },
        { """{"normalizer": {"type": "Precompiled"}}""", "normalizer.type: expected NFC, NFD, NFKC, NFKD" },
        { """{"pre_tokenizer": {"type": "BertPreTokenizer"}}""", "pre_tokenizer.type: expected ByteLevel, Digits, Metaspace, Split or Sequence" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"Regex": "(("}, "behavior": "Isolated"}}""", "pre_tokenizer.pattern.Regex: expected a pattern that can be read, found \"((\"" },
        { """{"pre_tokenizer": {"type": "Split", "pattern": {"String": "a"}, "behavior": "Mixed"}}""", "pre_tokenizer.behavior: expected Isolated, Removed" },
        { """{"post_processor": {"type": "TemplateProcessing", "single": [], "special_tokens": {}}}""", "post_processor.single: expected a template that holds the text" },
        { """{"decoder": {"type": "CTC"}}""", "decoder.type: expected ByteLevel, Replace" },
        { """{"added_tokens": [{"id": 1, "content": ""}]}""", "added_tokens[0].content: expected a text" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Load_Fault_NamesFileAndPath(string changes, string message)
    {
        var path = SmallTokenizer.Write(file => Merge(file, changes));
        var error = Assert.Throws<TokenizerException>(() => TextTokenizer.Load(path));
        File.Delete(path);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "is no tokenizer.json")]
    [InlineData("[]", "expected an object")]
    [InlineData("{}", "model")]
    public void Load_NoTokenizer_SaysSo(string content, string message)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, content);
        var error = Assert.Throws<TokenizerException>(() => TextTokenizer.Load(path));
        File.Delete(path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SentencePieceModelAlone_SaysWhatToDo()
    {
        var folder = Directory.CreateTempSubdirectory("probe-pipeline-").FullName;
        File.WriteAllText(Path.Combine(folder, "tokenizer.model"), "x");
        var error = Assert.Throws<TokenizerException>(() => TextTokenizer.Load(Path.Combine(folder, "tokenizer.json")));
        Directory.Delete(folder, recursive: true);
        Assert.Contains("save_pretrained", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_CatastrophicPattern_EndsWithAnError()
    {
        var tokenizer = SmallTokenizer.With(SmallTokenizer.Part("pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "(a+)+$"}, "behavior": "Isolated"}"""));
        Assert.Contains("shorten the text", Assert.Throws<TokenizerException>(() => tokenizer.Encode(new string('a', 60) + "b", addSpecialTokens: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ManyThreadsAtOnce_GiveTheSameIds()
    {
        var tokenizer = SmallTokenizer.With(_ => { });
        var texts = Enumerable.Range(0, 500).Select(seed => new string([.. Enumerable.Range(0, 40).Select(at => "abcé ▁X"[(seed * 31 + at * at) % 7])])).ToArray();
        var expected = texts.Select(text => string.Join(' ', SmallTokenizer.With(_ => { }).Encode(text, addSpecialTokens: false))).ToArray();
        var actual = new string[texts.Length];
        Parallel.For(0, texts.Length, index => actual[index] = string.Join(' ', tokenizer.Encode(texts[index], addSpecialTokens: false)));
        Assert.Equal(expected, actual);
    }

    private static void Merge(JsonObject file, string changes)
    {
        foreach (var (name, value) in changes.Length == 0 ? [] : JsonNode.Parse(changes)!.AsObject())
        {
            if (name == "model")
            {
                foreach (var (key, part) in value!.AsObject())
                {
                    file["model"]![key] = part?.DeepClone();
                }
            }
            else
            {
                file[name] = value?.DeepClone();
            }
        }
    }
}
