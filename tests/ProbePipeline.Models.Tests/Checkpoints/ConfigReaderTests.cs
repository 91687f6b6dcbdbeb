using System.Text.Json;
using ProbePipeline.Models.Checkpoints;

namespace ProbePipeline.Models.Tests.Checkpoints;

public sealed class ConfigReaderTests
{
    [Fact]
    public void Int_KeyThatIsNotThereOrNull_HasTheClassDefault()
    {
        var config = Read("""{"there":7,"null":null,"float":4096.0}""");
        Assert.Equal(7, config.Int("there", 1));
        Assert.Equal(1, config.Int("null", 1));
        Assert.Equal(1, config.Int("missing", 1));
        Assert.Equal(4096, config.Int("float", 1));
    }

    [Fact]
    public void NullableInt_NullAndNotThere_Differ()
    {
        var config = Read("""{"null":null}""");
        Assert.Null(config.NullableInt("null", 4096));
        Assert.Equal(4096, config.NullableInt("missing", 4096));
    }

    [Fact]
    public void Object_ThatIsNotThere_HasDefaultsInside() => Assert.Equal(12, Read("{}").Object("vision_config").Int("num_hidden_layers", 12));

    [Fact]
    public void Int_SeveralSpellings_TakesTheOneThatIsThere()
    {
        Assert.Equal(5, Read("""{"image_token_id":5}""").Int(["image_token_index", "image_token_id"], 1));
        Assert.Equal(5, Read("""{"image_token_id":5,"image_token_index":5}""").Int(["image_token_index", "image_token_id"], 1));
        var error = Assert.Throws<CheckpointException>(() => Read("""{"image_token_id":5,"image_token_index":6}""").Int(["image_token_index", "image_token_id"], 1));
        Assert.Equal("config.json: image_token_id: expected the same as image_token_index, 6, found 5", error.Message);
    }

    [Fact]
    public void IntOrList_OneNumberOrSeveral_GivesAList()
    {
        Assert.Equal([-2], Read("{}").IntOrList("vision_feature_layer", [-2]));
        Assert.Equal([-3], Read("""{"vision_feature_layer":-3}""").IntOrList("vision_feature_layer", [-2]));
        Assert.Equal([3, -1], Read("""{"vision_feature_layer":[3,-1]}""").IntOrList("vision_feature_layer", [-2]));
    }

    [Theory]
    [InlineData("""{"a":{"b":"x"}}""", "a.b: expected a whole number, found \"x\"")]
    [InlineData("""{"a":{"b":1.5}}""", "a.b: expected a whole number, found 1.5")]
    [InlineData("""{"a":{"b":1e40}}""", "a.b: expected a whole number, found 1e40")]
    [InlineData("""{"a":3}""", "a: expected an object, found 3")]
    public void Int_WrongValue_NamesThePath(string json, string message)
    {
        var error = Assert.Throws<CheckpointException>(() => Read(json).Object("a").Int("b", 1));
        Assert.Equal($"config.json: {message}", error.Message);
    }

    [Fact]
    public void RequiredString_NotThere_SaysSo() =>
        Assert.Equal("config.json: model_type: expected a string, found nothing", Assert.Throws<CheckpointException>(() => Read("{}").RequiredString("model_type")).Message);

    private static ConfigReader Read(string json) => ConfigReader.Of(JsonDocument.Parse(json).RootElement, "config.json");
}
