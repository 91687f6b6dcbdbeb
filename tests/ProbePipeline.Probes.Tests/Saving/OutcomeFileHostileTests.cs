using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Testing;

namespace ProbePipeline.Probes.Tests.Saving;

[Collection(HostileInputCollection.Name)]
public sealed class OutcomeFileHostileTests
{
    private static readonly byte[] Whole = OutcomeFile.ToBytes(OutcomeFileTests.Outcome(), "abc");

    [Fact]
    public void Parse_MutatedFile_IsReadOrRefusedByName() =>
        HostileInputs.Check(file => OutcomeFile.Parse(file, "hostile.safetensors", "abc"), "hostile.safetensors", [typeof(ProbeException)], Whole);

    /// <summary>The figures are JSON within the header's JSON; a file without a checksum is taken as it is.</summary>
    [Theory]
    [InlineData("result")]
    [InlineData("probes")]
    [InlineData("classes")]
    [InlineData(null)]
    public void Parse_MutatedText_IsReadOrRefusedByName(string? key)
    {
        var (header, rest) = WithoutChecksum();
        HostileInputs.Check(
            text =>
            {
                var mutated = text;
                if (key is not null)
                {
                    header["__metadata__"]![key] = Encoding.UTF8.GetString(text);
                    mutated = JsonSerializer.SerializeToUtf8Bytes(header);
                }

                var outcome = Parse(mutated, rest);
                Assert.NotEmpty(OutcomeFile.ToBytes(outcome, "abc"));
            },
            "hostile.safetensors",
            [typeof(ProbeException)],
            key is null ? JsonSerializer.SerializeToUtf8Bytes(header) : Encoding.UTF8.GetBytes(header["__metadata__"]![key]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("classes", "null", "classes: expected what this library writes; ")]
    [InlineData("classes", "[]", "classes: expected two or more, each once, found others")]
    [InlineData("classes", "[\"a\",\"b\",\"a\"]", "classes: expected two or more, each once, found others")]
    [InlineData("probes", "[]", "probes: expected a list of probes, found none")]
    [InlineData("probes", "[null]", "probes: expected a list of probes, found none")]
    [InlineData("result", "null", "result: expected what this library writes; it is null")]
    public void Parse_TextThatSaysNothing_IsRefused(string key, string text, string message)
    {
        var (header, rest) = WithoutChecksum();
        header["__metadata__"]![key] = text;
        var error = Assert.Throws<ProbeException>(() => Parse(JsonSerializer.SerializeToUtf8Bytes(header), rest));
        Assert.True(error.Message.StartsWith($"hostile.safetensors: expected the outcome of probes that this experiment asks for; {message}", StringComparison.Ordinal), error.Message);
    }

    /// <summary>A class that does not exist would be counted as one that does, or end the report.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void Parse_PredictionOfNoClass_IsRefused(double prediction)
    {
        var (header, rest) = WithoutChecksum();
        var outcome = OutcomeFileTests.Outcome();
        // Predictions and then probabilities, eight bytes a number, are the last tensors.
        var place = rest.Length - (sizeof(double) * outcome.TestPredictions.Length * (1 + outcome.Probe.Classes.Length));
        BitConverter.GetBytes(prediction).CopyTo(rest, place);
        var error = Assert.Throws<ProbeException>(() => Parse(JsonSerializer.SerializeToUtf8Bytes(header), rest));
        Assert.Contains("; test.predictions: expected places of classes, found others; ", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A list that is null would be found out much later, in the report.</summary>
    [Fact]
    public void Parse_ListThatIsNull_IsRefused()
    {
        var (header, rest) = WithoutChecksum();
        var result = JsonNode.Parse(header["__metadata__"]!["result"]!.GetValue<string>())!;
        result["sweep"] = null;
        header["__metadata__"]!["result"] = result.ToJsonString();
        var error = Assert.Throws<ProbeException>(() => Parse(JsonSerializer.SerializeToUtf8Bytes(header), rest));
        Assert.True(error.Message.StartsWith("hostile.safetensors: expected the outcome of probes that this experiment asks for; result: expected what this library writes; ", StringComparison.Ordinal), error.Message);
    }

    private static (JsonObject Header, byte[] Tensors) WithoutChecksum()
    {
        var length = (int)BitConverter.ToInt64(Whole);
        var header = JsonNode.Parse(Whole.AsSpan(8, length))!.AsObject();
        header["__metadata__"]!.AsObject().Remove("xxh128");
        return (header, Whole[(8 + length)..]);
    }

    private static ProbeOutcome Parse(byte[] header, byte[] rest) =>
        OutcomeFile.Parse([.. BitConverter.GetBytes((long)header.Length), .. header, .. rest], "hostile.safetensors", "abc");
}
