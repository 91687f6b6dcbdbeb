using System.Text.Json;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Clip;
using ProbePipeline.Models.Layers;

namespace ProbePipeline.Models.Tests.Families;

public sealed class ClipTextConfigTests
{
    // transformers 5.23, configuration_clip.py, CLIPTextConfig.
    [Fact]
    public void Read_NothingSaid_HasTheDefaultsOfTheClass() => Assert.Equal(
        new ClipTextConfig
        {
            VocabularySize = 49408,
            MaxLength = 77,
            EndToken = 49407,
            HiddenSize = 512,
            IntermediateSize = 2048,
            LayerCount = 12,
            HeadCount = 8,
            NormEpsilon = 1e-5,
            Activation = Activation.QuickGelu,
        },
        ClipTextConfig.Read(ConfigReader.Of(JsonDocument.Parse("{}").RootElement, "config.json")));
}
