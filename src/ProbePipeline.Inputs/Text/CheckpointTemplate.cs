using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProbePipeline.Inputs.Text;

/// <summary>
/// The chat template that comes with a checkpoint. It is a program in a language of its own (Jinja), which is not run: what it writes around one question
/// about one picture is known for the published ones, by the SHA-256 of their text.
/// </summary>
public static class CheckpointTemplate
{
    // A template is a page of text; more is none.
    private const int LongestFile = 16 << 20;

    /// <summary>Where transformers looks for the template, in its order (5.23, processing_utils.py and tokenization_utils_base.py).</summary>
    private static readonly string[] Files = ["chat_template.jinja", "chat_template.json", "processor_config.json", "tokenizer_config.json"];

    private static readonly FrozenDictionary<string, ChatTemplate> Published = new Dictionary<string, ChatTemplate>
    {
        // llava-hf/llava-1.5-7b-hf and llava-v1.6-vicuna-7b-hf, which leave the system sentence out.
        ["6fef09c05345e88b9f85e80bcb3491003332050750586568bdf91cfa81965d0c"] = ChatTemplate.Llava15,
        // llava-hf/llava-v1.6-mistral-7b-hf, and its first form with a misspelt end of an answer.
        ["2c17243a977fd0643fb549a509a8e2684f45517df0f9f608d5893b719f16569f"] = ChatTemplate.Llava16Mistral,
        ["ac1751256d0e7c19dcbac63d0feebee11bf81b86015276d08ee8b1f9ba0a42bc"] = ChatTemplate.Llava16Mistral,
        // microsoft/Phi-3-vision-128k-instruct.
        ["79e4ca4b7d902dc73772bbde0c62459f93871f4c17827e8e41ad3fa663e0da04"] = ChatTemplate.Phi3Vision,
        // llava-hf/llava-onevision-qwen2-0.5b-ov-hf, and what transformers' conversion script writes.
        ["fbf77862dcdda46840b6da02767d651eadad3582310e40fed04dc7594a0a80dd"] = ChatTemplate.LlavaOnevision,
        ["f741044c80eb2fb78a62fe765fe9564e0170cf359becbac1298b5c1ce2e25b41"] = ChatTemplate.ChatMl,
        // Qwen/Qwen2-VL-2B-Instruct and 7B-Instruct.
        ["a0bc6f6fc7a29a80017a433e8f03a1cc1236e838a944a2d034295a60c4f2fddb"] = ChatTemplate.Qwen2Vl,
        // HuggingFaceTB/SmolVLM-256M-Instruct and Idefics3-8B-Llama3, and the form that knows of films.
        ["830005085ddd94cec605b6e21b885b28ffad6e3f82ee6a212c523533e8f04f01"] = ChatTemplate.Idefics3,
        ["36a47ed97c18667acf1150e4fa25e2e2b0e87d468307dd593874f152373c2c5b"] = ChatTemplate.Idefics3,
        // The sample model of this project.
        ["454bd31b250e4385dc5af5b4156847a7650bc745626bec43ebadb9118b186a45"] = ChatTemplate.Llava15,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Families whose processor writes the prompt itself, without a template: by <c>model_type</c> of config.json.</summary>
    private static readonly FrozenDictionary<string, ChatTemplate> Families =
        new Dictionary<string, ChatTemplate> { ["paligemma"] = ChatTemplate.PaliGemma }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a checkpoint's own template writes.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <exception cref="PromptException">There is no template, it is none of the known ones, or its file cannot be read.</exception>
    public static ChatTemplate Read(string folder)
    {
        foreach (var file in Files.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            if (TextIn(file) is { } text)
            {
                var hash = Hash(text);
                return Published.GetValueOrDefault(hash)
                    ?? throw new PromptException($"{file}: expected one of the {Published.Count} known chat templates, found another (SHA-256 {hash} of its text); {Advice}");
            }
        }

        return Family(folder) is { } type && Families.TryGetValue(type, out var template)
            ? template
            : throw new PromptException($"{folder}: expected a chat template ({string.Join(", ", Files)}), found none; {Advice}");
    }

    private static string Advice =>
        $"set template to {string.Join(", ", ChatTemplate.Known.Select(template => template.Name))}, or to a prompt of your own with {{question}} and the model's picture placeholder";

    // Line breaks stand in these files as themselves or as the two characters that Jinja reads as one.
    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Replace("\\n", "\n", StringComparison.Ordinal).Trim())));

    private static string? TextIn(string file)
    {
        var content = Content(file);
        if (file.EndsWith(".jinja", StringComparison.Ordinal))
        {
            return content;
        }

        using var document = Parsed(file, content);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("chat_template", out var template) ? Text(template) : null;
    }

    /// <summary>A text, or the one named "default" of several: a list of {name, template} or an object.</summary>
    private static string? Text(JsonElement template) => template.ValueKind switch
    {
        JsonValueKind.String => template.GetString(),
        JsonValueKind.Object when template.TryGetProperty("default", out var named) => Text(named),
        JsonValueKind.Array => template.EnumerateArray()
            .Where(named => named.ValueKind == JsonValueKind.Object && named.TryGetProperty("name", out var name) && name.ValueEquals("default") && named.TryGetProperty("template", out _))
            .Select(named => Text(named.GetProperty("template"))).FirstOrDefault(),
        _ => null,
    };

    private static string? Family(string folder)
    {
        var file = Path.Combine(folder, "config.json");
        if (!File.Exists(file))
        {
            return null;
        }

        using var document = Parsed(file, Content(file));
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("model_type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;
    }

    private static string Content(string file)
    {
        try
        {
            return new StreamReader(new MemoryStream(BoundedFile.Read(file, LongestFile)), Encoding.UTF8).ReadToEnd();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new PromptException($"{file} cannot be read ({failure.Message}); check its permissions", failure);
        }
    }

    private static JsonDocument Parsed(string file, string content)
    {
        try
        {
            return StrictJson.Parse(Encoding.UTF8.GetBytes(content), allowDuplicates: true);
        }
        catch (JsonException failure)
        {
            throw new PromptException($"{file} is no JSON: {failure.Message} Repair the file or fetch it again.", failure);
        }
    }
}
