using ProbePipeline.Models.Checkpoints.Hub;

namespace ProbePipeline.Models.Tests.Checkpoints.Hub;

public sealed class HubIdTests
{
    [Theory]
    [InlineData("llava-hf/llava-1.5-7b-hf", "llava-hf/llava-1.5-7b-hf", "main")]
    [InlineData("org/name@refs/pr/1", "org/name", "refs/pr/1")]
    [InlineData("org/name@0123456789abcdef0123456789abcdef01234567", "org/name", "0123456789abcdef0123456789abcdef01234567")]
    public void Parse_Name_GivesRepositoryAndRevision(string text, string repository, string revision)
    {
        var id = HubId.Parse(text);
        Assert.Equal(new HubId(repository, revision), id);
        Assert.Equal(text, $"{id}");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("data/models/partscenes-llava")]
    [InlineData("./org/name")]
    [InlineData("/org/name")]
    [InlineData("org/..")]
    [InlineData("org/na..me")]
    [InlineData("org/name@")]
    [InlineData("org/name@../x")]
    [InlineData("org/name with blanks")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(HubId.Parse(text));

    [Fact]
    public void FolderOf_Model_IsTheCachesName() => Assert.Equal("models--org--name", new HubId("org/name", "main").FolderOf("models"));
}
