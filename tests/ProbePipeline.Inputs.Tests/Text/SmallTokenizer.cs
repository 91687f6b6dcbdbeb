using System.Text.Json.Nodes;
using ProbePipeline.Inputs.Text;

namespace ProbePipeline.Inputs.Tests.Text;

/// <summary>A tokenizer.json of a few tokens, of which a test changes what it is about.</summary>
internal static class SmallTokenizer
{
    /// <summary>a, b, c, ab, abc, the mark for a space, and the bytes of é; é itself is not in it.</summary>
    private const string Json = """
        {
          "version": "1.0", "truncation": null, "padding": null, "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null,
          "added_tokens": [],
          "model": {
            "type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null, "end_of_word_suffix": null,
            "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
            "vocab": {"<unk>": 0, "a": 1, "b": 2, "c": 3, "ab": 4, "abc": 5, "▁": 6, "▁a": 7, "<0xC3>": 8, "<0xA9>": 9, " ": 10, "X": 11, "😀": 12, "😀a": 13},
            "merges": [["a", "b"], ["ab", "c"], ["▁", "a"], ["😀", "a"]]
          }
        }
        """;

    public static TextTokenizer With(Action<JsonObject> change)
    {
        var path = Write(change);
        try
        {
            return TextTokenizer.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static string Write(Action<JsonObject> change)
    {
        var file = JsonNode.Parse(Json)!.AsObject();
        change(file);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, file.ToJsonString());
        return path;
    }

    /// <summary>An added token, not special, found in the text as it is.</summary>
    public static Action<JsonObject> Added(string content, string options = "") => file => file["added_tokens"]!.AsArray().Add(JsonNode.Parse(
        $$"""{"id": 50, "content": "{{content}}", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": false{{options}}}""", null, new() { AllowDuplicateProperties = true }));

    public static Action<JsonObject> Part(string name, string json) => file => file[name] = JsonNode.Parse(json);

    public static Action<JsonObject> Model(string name, string json) => file => file["model"]![name] = JsonNode.Parse(json);
}
