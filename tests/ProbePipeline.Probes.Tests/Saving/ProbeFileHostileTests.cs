using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Saving;

[Collection(HostileInputCollection.Name)]
public sealed class ProbeFileHostileTests
{
    private static readonly byte[] Whole = new ProbeFile([new(SavedProbes.Fit("no", "yes"), SavedProbes.Card("intact", "vision.resid_post.1"))], SavedProbes.Source).ToBytes();

    [Fact]
    public void Parse_MutatedFile_IsReadOrRefusedByName() =>
        HostileInputs.Check(file => ProbeFile.Parse(file, "hostile.safetensors"), "hostile.safetensors", [typeof(ProbeException)], Whole);

    /// <summary>The cards and the source are JSON within the header's JSON; a file without a checksum is taken as it is.</summary>
    [Theory]
    [InlineData("probes")]
    [InlineData("source")]
    [InlineData(null)]
    public void Parse_MutatedText_IsReadOrRefusedByName(string? key)
    {
        var length = (int)BitConverter.ToInt64(Whole);
        var header = JsonNode.Parse(Whole.AsSpan(8, length))!.AsObject();
        header["__metadata__"]!.AsObject().Remove("xxh128");
        HostileInputs.Check(
            text =>
            {
                var mutated = text;
                if (key is not null)
                {
                    header["__metadata__"]![key] = Encoding.UTF8.GetString(text);
                    mutated = JsonSerializer.SerializeToUtf8Bytes(header);
                }

                var file = ProbeFile.Parse([.. BitConverter.GetBytes((long)mutated.Length), .. mutated, .. Whole.AsSpan(8 + length)], "hostile.safetensors");
                Assert.NotEmpty(file.ToBytes());
            },
            "hostile.safetensors",
            [typeof(ProbeException)],
            key is null ? JsonSerializer.SerializeToUtf8Bytes(header) : Encoding.UTF8.GetBytes(header["__metadata__"]![key]!.GetValue<string>()));
    }
}
