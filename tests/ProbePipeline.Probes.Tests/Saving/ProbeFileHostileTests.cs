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

    [Theory]
    [InlineData("probes")]
    [InlineData("source")]
    [InlineData(null)]
    public void Parse_MutatedText_IsReadOrRefusedByName(string? key) =>
        new OpenedFile(Whole).CheckMutated(key, file => Assert.NotEmpty(ProbeFile.Parse(file, "hostile.safetensors").ToBytes()));
}
