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

    [Theory]
    [InlineData("result")]
    [InlineData("probes")]
    [InlineData("classes")]
    [InlineData(null)]
    public void Parse_MutatedText_IsReadOrRefusedByName(string? key) =>
        new OpenedFile(Whole).CheckMutated(key, file => Assert.NotEmpty(OutcomeFile.ToBytes(OutcomeFile.Parse(file, "hostile.safetensors", "abc"), "abc")));

    [Theory]
    [InlineData("classes", "null", "classes: expected what this library writes; ")]
    [InlineData("classes", "[]", "classes: expected two or more, each once, found others")]
    [InlineData("classes", "[\"a\",\"b\",\"a\"]", "classes: expected two or more, each once, found others")]
    [InlineData("probes", "[]", "probes: expected a list of probes, found none")]
    [InlineData("probes", "[null]", "probes: expected a list of probes, found none")]
    [InlineData("result", "null", "result: expected what this library writes; it is null")]
    public void Parse_TextThatSaysNothing_IsRefused(string key, string text, string message)
    {
        var file = new OpenedFile(Whole) { [key] = text };
        var error = Refused(file);
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
        var file = new OpenedFile(Whole);
        var outcome = OutcomeFileTests.Outcome();
        // Predictions and then probabilities, eight bytes a number, are the last tensors.
        var place = file.Tensors.Length - (sizeof(double) * outcome.TestPredictions.Length * (1 + outcome.Probe.Classes.Length));
        BitConverter.GetBytes(prediction).CopyTo(file.Tensors, place);
        var error = Refused(file);
        Assert.Contains("; test.predictions: expected places of classes, found others; ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NumberThatNoProbeHas_NamesTheTensorAndOneWayOut()
    {
        var file = new OpenedFile(Whole);
        BitConverter.GetBytes(double.NaN).CopyTo(file.Tensors, 0);
        Assert.EndsWith("; probe0.mean: expected finite numbers; found others; delete the file, and run the same command again", Refused(file).Message, StringComparison.Ordinal);
    }

    /// <summary>A list that is null would be found out much later, in the report.</summary>
    [Fact]
    public void Parse_ListThatIsNull_IsRefused()
    {
        var file = new OpenedFile(Whole);
        var result = JsonNode.Parse(file["result"])!;
        result["sweep"] = null;
        file["result"] = result.ToJsonString();
        var error = Refused(file);
        Assert.True(error.Message.StartsWith("hostile.safetensors: expected the outcome of probes that this experiment asks for; result: expected what this library writes; ", StringComparison.Ordinal), error.Message);
    }

    private static ProbeException Refused(OpenedFile file) => Assert.Throws<ProbeException>(() => OutcomeFile.Parse(file.ToBytes(), "hostile.safetensors", "abc"));
}
