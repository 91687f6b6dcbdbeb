using ProbePipeline.Inputs.Text;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Text;

[Collection(HostileInputCollection.Name)]
public sealed class CheckpointTemplateHostileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("template-").FullName;

    [Theory]
    [InlineData("tokenizer_config.json")]
    [InlineData("config.json")]
    public void Read_MutatedFile_IsReadOrRefusedByName(string name) => HostileInputs.Check(
        file =>
        {
            File.WriteAllBytes(Path.Combine(_folder, name), file);
            CheckpointTemplate.Read(_folder);
        },
        _folder,
        [typeof(PromptException)],
        name == "config.json"
            ? [.. "{\"model_type\": \"paligemma\", \"x\": [1, 2]}"u8]
            : File.ReadAllBytes(Path.Combine(Repository.Root, "data", "models", "partscenes-llava", "tokenizer_config.json")));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
