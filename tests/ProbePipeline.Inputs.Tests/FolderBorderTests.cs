using ProbePipeline.Inputs.Datasets;
using ProbePipeline.Inputs.Datasets.Manifest;
using ProbePipeline.Inputs.Datasets.Tables;
using ProbePipeline.Inputs.Pictures;
using ProbePipeline.Inputs.Tests.Datasets;

namespace ProbePipeline.Inputs.Tests;

public sealed class FolderBorderTests : IDisposable
{
    private static readonly PictureSize Size = new(2, 3);

    private readonly DatasetFolder _folder = new();
    private readonly DatasetFolder _elsewhere = new();

    [Theory]
    [InlineData("a.png", true)]
    [InlineData("x/../a.png", true)]
    [InlineData("x/./y/a.png", true)]
    [InlineData("../a.png", false)]
    [InlineData("x/../../a.png", false)]
    [InlineData("..", false)]
    [InlineData(".", false)]
    [InlineData("", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("a\0.png", false)]
    public void PathOf_Name_IsInsideOrNone(string name, bool isInside)
    {
        Assert.Equal(isInside, FolderBorder.PathOf(_folder.Path, name) is not null);
        // A folder whose name begins alike is another one.
        Assert.Null(FolderBorder.PathOf(_folder.Path, $"../{Path.GetFileName(_folder.Path)}-other/a.png"));
    }

    [Theory]
    [InlineData("\"picture\": \"../a.png\"")]
    [InlineData("\"picture\": \"/etc/passwd\"")]
    [InlineData("\"picture\": \"a.png\", \"mask\": \"../../a.png\"")]
    public void Pictures_PathOutOfTheFolder_IsRefusedWhereItStands(string row)
    {
        var table = _folder.Write("table.jsonl", $"{{{row}}}");
        var error = Assert.Throws<DatasetException>(() => new ManifestDataset(new() { Path = table }).PictureCount);
        Assert.Contains("table.jsonl, line 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected a path inside of", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LinkOutOfTheFolder_IsRefusedAndLinksInsideAreFollowed()
    {
        _elsewhere.Picture("secret.png", Size);
        _folder.Picture("real/a.png", Size);
        File.CreateSymbolicLink(_folder["inside.png"], Path.Combine("real", "a.png"));
        File.CreateSymbolicLink(_folder["outside.png"], _elsewhere["secret.png"]);
        Directory.CreateSymbolicLink(_folder["pictures"], _elsewhere.Path);
        var table = _folder.Write("table.jsonl", "{\"picture\": \"inside.png\"}\n{\"picture\": \"outside.png\"}\n{\"picture\": \"pictures/secret.png\"}\n{\"picture\": \"inside.png\", \"pictureId\": \"m\", \"mask\": \"outside.png\"}\n");
        var pictures = new ManifestDataset(new() { Path = table }).Pictures.ToArray();
        Assert.Equal(Size, pictures[0].Load().Size);
        foreach (var refused in (Action[])[() => pictures[1].Load(), () => pictures[2].Load(), () => _ = pictures[3].Parts[0].Mask])
        {
            Assert.Contains($"leads by a link to {_elsewhere["secret.png"]}, which is outside of", Record.Exception(refused)?.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Load_FolderThatIsALinkItself_IsTheUsersOwn()
    {
        _elsewhere.Picture("a.png", Size);
        Directory.CreateSymbolicLink(_folder["data"], _elsewhere.Path);
        _elsewhere.Write("table.jsonl", "{\"picture\": \"a.png\"}");
        Assert.Equal(Size, new ManifestDataset(new() { Path = _folder["data/table.jsonl"] }).Pictures.Single().Load().Size);
    }

    [Fact]
    public void Load_SnapshotOfAHubCache_FollowsItsLinksToTheBlobs()
    {
        _folder.Picture("datasets--org--name/blobs/0a1b", Size);
        _folder.Write("datasets--org--name/snapshots/main/table.jsonl", "{\"picture\": \"a.png\"}\n{\"picture\": \"b.png\"}\n");
        File.CreateSymbolicLink(_folder["datasets--org--name/snapshots/main/a.png"], Path.Combine("..", "..", "blobs", "0a1b"));
        // Another repository's blobs are not its own.
        _folder.Picture("datasets--org--other/blobs/2c3d", Size);
        File.CreateSymbolicLink(_folder["datasets--org--name/snapshots/main/b.png"], Path.Combine("..", "..", "..", "datasets--org--other", "blobs", "2c3d"));
        var pictures = new ManifestDataset(new() { Path = _folder["datasets--org--name/snapshots/main/table.jsonl"] }).Pictures.ToArray();
        Assert.Equal(Size, pictures[0].Load().Size);
        Assert.Contains("leads by a link to", Assert.Throws<PictureException>(() => pictures[1].Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LinkToItself_IsNamed()
    {
        File.CreateSymbolicLink(_folder["a.png"], "a.png");
        var table = _folder.Write("table.jsonl", "{\"picture\": \"a.png\"}");
        Assert.Contains("a.png: the picture cannot be read", Assert.Throws<PictureException>(() => new ManifestDataset(new() { Path = table }).Pictures.Single().Load()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../../elsewhere")]
    [InlineData("..")]
    [InlineData("/etc")]
    public void Of_RevisionThatIsAPath_IsNotFollowed(string commit)
    {
        Directory.CreateDirectory(_folder["elsewhere"]);
        _folder.Write("datasets--org--name/refs/main", commit);
        Directory.CreateDirectory(_folder["datasets--org--name/snapshots/0a1b"]);
        Assert.Equal(_folder["datasets--org--name/snapshots/0a1b"], HubSnapshot.Of(_folder["datasets--org--name"]));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _elsewhere.Dispose();
    }
}
