using System.Text.Json;
using System.Text.Json.Nodes;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests;

/// <summary>A golden's small network as a checkpoint that a whole experiment can use: with a tokenizer of single characters and a picture processor.</summary>
internal static class GoldenCheckpoint
{
    /// <summary>Writes the checkpoint into a folder.</summary>
    /// <param name="folder">Where it goes; made if it is not there.</param>
    /// <param name="golden">The golden's name.</param>
    /// <param name="processor">preprocessor_config.json; null: the network sees no pictures.</param>
    public static void Write(string folder, string golden, string? processor) =>
        Write(folder, golden, processor, processor is null ? null : JsonDocument.Parse(File.ReadAllText(Goldens.Folder(golden, "case.json"))).RootElement.GetProperty("image_token_id").GetInt32());

    /// <inheritdoc cref="Write(string, string, string?)"/>
    /// <param name="folder">Where it goes; made if it is not there.</param>
    /// <param name="golden">The golden's name.</param>
    /// <param name="processor">preprocessor_config.json; null: the network sees no pictures.</param>
    /// <param name="pictureToken">The id of the picture's placeholder; null: prompts hold none.</param>
    public static void Write(string folder, string golden, string? processor, int? pictureToken)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "config.json", "model.safetensors" })
        {
            File.Copy(Goldens.Folder(golden, "model", file), Path.Combine(folder, file), overwrite: true);
        }

        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Tokenizer(pictureToken));
        if (processor is not null)
        {
            File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), processor);
        }
    }

    /// <summary>The pair of encoders of the golden clip-full, whose texts begin and end with tokens of their own.</summary>
    public static void WriteClip(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { "config.json", "model.safetensors" })
        {
            File.Copy(Goldens.Folder("clip-full", "model", file), Path.Combine(folder, file), overwrite: true);
        }

        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "config.json")));
        var (text, vision) = (config.RootElement.GetProperty("text_config"), config.RootElement.GetProperty("vision_config"));
        var (begin, end) = (text.GetProperty("bos_token_id").GetInt32(), text.GetProperty("eos_token_id").GetInt32());
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Tokenizer(null, begin, end));
        var size = vision.GetProperty("image_size").GetInt32();
        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), $"{{\"image_processor_type\": \"CLIPImageProcessor\", \"size\": {{\"shortest_edge\": {size}}}, \"crop_size\": {size}}}");
    }

    /// <summary>Every printable character of ASCII and the line break a token of its own, and the picture's placeholder.</summary>
    private static string Tokenizer(int? imageToken, int begin = 1, int end = 2)
    {
        var vocabulary = new JsonObject { ["<unk>"] = 0, ["<s>"] = 1, ["</s>"] = 2, ["\n"] = 3 };
        for (var character = ' '; character <= '~'; character++)
        {
            vocabulary[character.ToString()] = vocabulary.Count;
        }

        var file = JsonNode.Parse("""
            {
              "version": "1.0", "truncation": null, "padding": null, "normalizer": null, "pre_tokenizer": null, "decoder": {"type": "Sequence", "decoders": [{"type": "Fuse"}]},
              "post_processor": {"type": "BertProcessing", "sep": ["</s>", 2], "cls": ["<s>", 1]},
              "added_tokens": [],
              "model": {
                "type": "BPE", "dropout": null, "unk_token": "<unk>", "continuing_subword_prefix": null, "end_of_word_suffix": null,
                "fuse_unk": false, "byte_fallback": false, "ignore_merges": false, "merges": []
              }
            }
            """)!;
        file["model"]!["vocab"] = vocabulary;
        (file["post_processor"]!["cls"]![1], file["post_processor"]!["sep"]![1]) = (begin, end);
        foreach (var (id, content) in new (int? Id, string Content)[] { (1, "<s>"), (2, "</s>"), (imageToken, "<image>") }.Where(token => token.Id is not null))
        {
            file["added_tokens"]!.AsArray().Add(new JsonObject
            {
                ["id"] = id,
                ["content"] = content,
                ["single_word"] = false,
                ["lstrip"] = false,
                ["rstrip"] = false,
                ["normalized"] = false,
                ["special"] = true,
            });
        }

        return file.ToJsonString();
    }
}
