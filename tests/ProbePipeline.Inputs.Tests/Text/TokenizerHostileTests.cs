using ProbePipeline.Inputs.Text;
using ProbePipeline.Testing;

namespace ProbePipeline.Inputs.Tests.Text;

[Collection(HostileInputCollection.Name)]
public sealed class TokenizerHostileTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("tokenizer-").FullName, "tokenizer.json");

    [Fact]
    public void Load_MutatedFile_IsReadOrRefusedByName()
    {
        // The smallest of each kind: what a mutation hits is then more often a rule than a word of the vocabulary.
        byte[][] seeds =
        [
            .. new[] { "clip-style", "llama2-style", "llama3-style", "llama2-metaspace" }.Select(name => Shortened(File.ReadAllText(Goldens.Folder("tokenizers", name, "tokenizer.json")))),
            File.ReadAllBytes(SmallTokenizer.Write(_ => { })),
        ];
        HostileInputs.Check(
            file =>
            {
                File.WriteAllBytes(_path, file);
                var tokenizer = TextTokenizer.Load(_path);
                try
                {
                    tokenizer.Decode(tokenizer.Encode("USER: <image>\nWhat is the réd pärt? 😀 ASSISTANT:", addSpecialTokens: true), skipSpecialTokens: false);
                }
                catch (TokenizerException error)
                {
                    // What a pattern does on a text is no place in the file.
                    throw new TokenizerException($"{_path}: {error.Message}", error);
                }
            },
            _path,
            [typeof(TokenizerException)],
            seeds);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private static byte[] Shortened(string text)
    {
        var file = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
        var model = file["model"]!.AsObject();
        var merges = model["merges"]!.AsArray();
        while (merges.Count > 5)
        {
            merges.RemoveAt(merges.Count - 1);
        }

        return System.Text.Encoding.UTF8.GetBytes(file.ToJsonString());
    }
}
