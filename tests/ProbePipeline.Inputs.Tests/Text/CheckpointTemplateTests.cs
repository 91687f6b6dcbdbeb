using System.Text.Json.Nodes;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Text;

public sealed class CheckpointTemplateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("template").FullName;

    private static string SampleModel => Path.Combine(Repository.Root, "data", "models", "partscenes-llava");

    /// <summary>A template that is known: the sample model's.</summary>
    private static string Known => JsonNode.Parse(File.ReadAllText(Path.Combine(SampleModel, "tokenizer_config.json")))!["chat_template"]!.GetValue<string>();

    [Fact]
    public void Read_SampleModel_IsTheTemplateItWasTrainedWith() => Assert.Same(ChatTemplate.Llava15, CheckpointTemplate.Read(SampleModel));

    [Fact]
    public void Read_FileOfItsOwn_WinsOverTheTokenizers()
    {
        Write("tokenizer_config.json", new JsonObject { ["chat_template"] = "{{ messages }}" }.ToJsonString());
        Write("chat_template.jinja", Known + "\r\n");

        Assert.Same(ChatTemplate.Llava15, CheckpointTemplate.Read(_folder));
    }

    [Fact]
    public void Read_LineBreaksWrittenAsTwoCharacters_IsTheSameTemplate()
    {
        Assert.Contains('\n', Known);
        Write("chat_template.json", new JsonObject { ["chat_template"] = Known.Replace("\n", "\\n", StringComparison.Ordinal) }.ToJsonString());

        Assert.Same(ChatTemplate.Llava15, CheckpointTemplate.Read(_folder));
    }

    [Fact]
    public void Read_SeveralByName_TakesTheDefault()
    {
        Write("tokenizer_config.json", new JsonObject
        {
            ["chat_template"] = new JsonArray(Named("tool_use", "{{ tools }}"), Named("default", Known)),
        }.ToJsonString());
        Assert.Same(ChatTemplate.Llava15, CheckpointTemplate.Read(_folder));

        Write("processor_config.json", new JsonObject { ["chat_template"] = new JsonObject { ["default"] = "{{ others }}" } }.ToJsonString());
        Assert.Contains("processor_config.json", Assert.Throws<PromptException>(() => CheckpointTemplate.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ConfigurationWithoutATemplate_IsPassedOver()
    {
        Write("processor_config.json", "{\"image_seq_len\": 64}");
        Write("tokenizer_config.json", new JsonObject { ["chat_template"] = Known }.ToJsonString());

        Assert.Same(ChatTemplate.Llava15, CheckpointTemplate.Read(_folder));
    }

    [Fact]
    public void Read_UnknownTemplate_NamesFileAndHashAndWhatToDo()
    {
        Write("chat_template.jinja", "{{ messages }}");

        var message = Assert.Throws<PromptException>(() => CheckpointTemplate.Read(_folder)).Message;

        Assert.Contains(Path.Combine(_folder, "chat_template.jinja"), message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("{{ messages }}"u8)), message, StringComparison.Ordinal);
        Assert.Contains("set template to llava-1.5, ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoTemplate_IsKnownOfTheFamilyOrRefused()
    {
        Assert.Contains("expected a chat template (chat_template.jinja, ", Assert.Throws<PromptException>(() => CheckpointTemplate.Read(_folder)).Message, StringComparison.Ordinal);

        Write("config.json", "{\"model_type\": \"paligemma\"}");
        Assert.Same(ChatTemplate.PaliGemma, CheckpointTemplate.Read(_folder));

        Write("config.json", "{\"model_type\": \"llava\"}");
        Assert.Throws<PromptException>(() => CheckpointTemplate.Read(_folder));
    }

    [Fact]
    public void Read_FileThatIsNoJson_NamesIt()
    {
        Write("chat_template.json", "{");

        Assert.Contains("chat_template.json is no JSON", Assert.Throws<PromptException>(() => CheckpointTemplate.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "RealTokenizers")]
    public void Read_PublishedPhi3Vision_IsItsTemplate()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("PROBE_REAL_TOKENIZERS") ?? Path.Combine(Repository.Root, "..", "shared", "real-tokenizers"), "phi-3-vision");
        Assert.SkipUnless(Directory.Exists(folder), $"{folder} is not there; set PROBE_REAL_TOKENIZERS to a folder of published tokenizers");

        Assert.Same(ChatTemplate.Phi3Vision, CheckpointTemplate.Read(folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static JsonObject Named(string name, string template) => new() { ["name"] = name, ["template"] = template };

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
