using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Checkpoints.Hub;
using ProbePipeline.Opening;

namespace ProbePipeline.Tests.Opening;

public sealed class DatasetFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("org/parts", "1111111111111111111111111111111111111111")]
    [InlineData("org/parts@v2", "2222222222222222222222222222222222222222")]
    [InlineData("org/parts@2222222222222222222222222222222222222222", "2222222222222222222222222222222222222222")]
    public void Find_CachedDataset_IsTheSnapshotOfTheRevision(string name, string commit)
    {
        Cache("main", "1111111111111111111111111111111111111111");
        Cache("v2", "2222222222222222222222222222222222222222");

        Assert.Equal(Path.Combine(_folder["hub"], "datasets--org--parts", "snapshots", commit), CachedDataset.Find(Settings, HubId.Parse(name)!));
    }

    [Fact]
    public void Find_DatasetThatIsNotThere_SaysWhereAndHow()
    {
        var error = Assert.Throws<CheckpointException>(() => CachedDataset.Find(Settings, HubId.Parse("org/parts")!));

        Assert.Contains($"the dataset org/parts is not in the Hugging Face cache, {_folder["hub"]}", error.Message, StringComparison.Ordinal);
        Assert.Contains("hf download --repo-type dataset org/parts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_FileFolderOrMissingFile_IsLeftAsItIs()
    {
        Assert.Equal(_folder.Path, DatasetFolder.Of(_folder.Path));
        Assert.Equal("missing/table.jsonl", DatasetFolder.Of("missing/table.jsonl"));
    }

    [Theory]
    [InlineData("nobody/has-this-dataset")]
    [InlineData("nobody/has-this-dataset@v1.0")]
    [InlineData("nobody/has-set-1.5")]
    public void Of_NameOfNoDataset_NamesBothPlaces(string name)
    {
        var error = Assert.Throws<DatasetException>(() => DatasetFolder.Of(name));

        Assert.Contains("is no file or folder (looked for ", error.Message, StringComparison.Ordinal);
        Assert.Contains("is not in the Hugging Face cache", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private HubSettings Settings => new() { Cache = _folder["hub"] };

    private void Cache(string revision, string commit)
    {
        var dataset = Path.Combine(_folder["hub"], "datasets--org--parts");
        Directory.CreateDirectory(Path.Combine(dataset, "snapshots", commit));
        Directory.CreateDirectory(Path.Combine(dataset, "refs"));
        File.WriteAllText(Path.Combine(dataset, "refs", revision), commit);
    }
}
