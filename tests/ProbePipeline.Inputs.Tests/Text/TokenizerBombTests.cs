using System.Text;
using System.Text.Json.Nodes;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Text;

/// <summary>A tokenizer.json that is small, or means little, and costs much.</summary>
[Collection(HostileInputCollection.Name)]
public sealed class TokenizerBombTests
{
    private static string Replacements(int count) =>
        $$"""{"type": "Sequence", "normalizers": [{{string.Join(',', Enumerable.Repeat("""{"type": "Replace", "pattern": {"String": "a"}, "content": "aaaaaaaaaaaaaaaa"}""", count))}}]}""";

    public static TheoryData<string, string, string> Bombs => new()
    {
        { "normalizer", Replacements(40), "makes more than 1048576 characters of a text of" },
        { "normalizer", Replacements(200), "normalizer.normalizers: expected at most 256 parts, found 400" },
        { "normalizer", $$"""{"type": "Replace", "pattern": {"Regex": "{{new string('a', 5000)}}"}, "content": ""}""", "expected a pattern of at most 4096 characters" },
        { "pre_tokenizer", """{"type": "Split", "pattern": {"Regex": "(a+)+$|(b|a)*c"}, "behavior": "Isolated"}""", "takes more than 2 s on a text" },
        {
            "post_processor",
            "{\"type\": \"TemplateProcessing\", \"single\": [{\"Sequence\": {\"id\": \"A\"}}, " + string.Join(',', Enumerable.Repeat("{\"SpecialToken\": {\"id\": \"s\"}}", 40))
                + "], \"special_tokens\": {\"s\": {\"ids\": [" + string.Join(',', Enumerable.Repeat("0", 40)) + "]}}}",
            "expected at most 1024 tokens around a text"
        },
        { "decoder", $"{new string('[', 100_000)}{new string(']', 100_000)}", "is no tokenizer.json" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Load_BombInAPart_SaysLimitAndFound(string part, string json, string message) => HostileInputs.Check(
        [(part, File(part, json))],
        bytes =>
        {
            var path = Path.GetTempFileName();
            System.IO.File.WriteAllBytes(path, bytes);
            try
            {
                var error = Assert.Throws<TokenizerException>(() => TextTokenizer.Load(path).Encode(new string('a', 40) + "b", addSpecialTokens: true));
                Assert.Contains(message, error.Message, StringComparison.Ordinal);
            }
            finally
            {
                System.IO.File.Delete(path);
            }
        },
        "",
        []);

    [Fact]
    public void Load_FileLargerThanAnyTokenizer_SaysLimitAndFound()
    {
        var path = Path.GetTempFileName();
        try
        {
            // Takes no room on the disk.
            using (var file = new FileStream(path, FileMode.Create))
            {
                file.SetLength((256L << 20) + 1);
            }

            Assert.Contains("expected at most 268435456 bytes, found 268435457", Assert.Throws<TokenizerException>(() => TextTokenizer.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    /// <summary>A token, and a line of merges, as long as they like.</summary>
    [Theory]
    [InlineData("vocab", "vocab.")]
    [InlineData("merges", "merges[4]: expected two tokens, found")]
    public void Load_GiganticLine_CostsNoMoreThanItself(string key, string message)
    {
        var line = new string('x', 4 << 20);
        var path = SmallTokenizer.Write(file =>
        {
            if (key == "vocab")
            {
                file["model"]!["vocab"]![line] = -1;
            }
            else
            {
                file["model"]!["merges"]!.AsArray().Add(JsonValue.Create(line));
            }
        });
        HostileInputs.Check([(key, System.IO.File.ReadAllBytes(path))], _ =>
        {
            var error = Assert.Throws<TokenizerException>(() => TextTokenizer.Load(path));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.InRange(error.Message.Length, 1, 1000);
        }, "", []);
        System.IO.File.Delete(path);
    }

    private static byte[] File(string part, string json) => Encoding.UTF8.GetBytes(
        $$$"""{"{{{part}}}": {{{json}}}, "added_tokens": [], "model": {"type": "BPE", "unk_token": "<unk>", "vocab": {"<unk>": 0, "a": 1, "b": 2}, "merges": []}}""");
}
