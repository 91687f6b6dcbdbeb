using ProbePipeline.Models.Checkpoints;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private const string OneTensor = """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    private const string OtherTensor = """{"v":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Open_SingleFile_GivesItsTensors()
    {
        _folder.WriteSafetensors("model.safetensors", OneTensor, 8);
        var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal(["w"], checkpoint.Tensors.Keys);
        Assert.Equal(8, checkpoint.ByteCount);
        Assert.Equal(ScalarType.Float32, checkpoint.DominantType);
    }

    [Fact]
    public void Open_SingleFileOfAnotherName_IsTaken()
    {
        _folder.WriteSafetensors("weights.safetensors", OneTensor, 8);
        Assert.Equal(["w"], Checkpoint.Open(_folder.Path).Tensors.Keys);
    }

    [Fact]
    public void Open_Shards_AreJoined()
    {
        Shards("""{"weight_map":{"w":"one.safetensors","v":"two.safetensors"}}""");
        var checkpoint = Checkpoint.Open(_folder.Path);
        Assert.Equal(["v", "w"], checkpoint.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(12, checkpoint.ByteCount);
    }

    [Theory]
    [InlineData("""{"weight_map":{"w":"one.safetensors","v":"three.safetensors"}}""", "three.safetensors is missing")]
    [InlineData("""{"weight_map":{"w":"one.safetensors","v":"one.safetensors"}}""", "does not hold tensor 'v'")]
    [InlineData("""{"weight_map":{"w":"../one.safetensors"}}""", "names the file '../one.safetensors', which leaves the folder")]
    [InlineData("""{"weight_map":{"w":"/etc/passwd"}}""", "names the file '/etc/passwd', which leaves the folder")]
    [InlineData("""{"weight_map":{"w":"a\\..\\one.safetensors"}}""", "which leaves the folder")]
    [InlineData("""{"weight_map":{"w":7}}""", "w: expected a string, found 7")]
    [InlineData("""{"weight_map":{"w":"pytorch_model-00001.bin"}}""", "names the file 'pytorch_model-00001.bin'. Pickled weights can run code and are not read; convert them to safetensors")]
    [InlineData("""{"weight_map":{"w":"C:\\one.safetensors"}}""", "which leaves the folder")]
    [InlineData("""{"weight_map":[]}""", "weight_map: expected an object")]
    [InlineData("""{}""", "weight_map: expected an object")]
    [InlineData("""{"weight_map":{}}""", "weight_map: expected an object")]
    [InlineData("""{"weight_map":""", "no valid JSON")]
    public void Open_BadIndex_SaysWhatIsWrong(string index, string message)
    {
        Shards(index);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TensorInTwoShards_IsRefused()
    {
        Shards("""{"weight_map":{"w":"one.safetensors","v":"two.safetensors"}}""");
        _folder.WriteSafetensors("two.safetensors", OneTensor, 8);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path));
        Assert.Contains("tensor 'w' is also in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LinkOutOfTheFolder_IsRefused()
    {
        using var elsewhere = new TemporaryFolder();
        var target = elsewhere.WriteSafetensors("model.safetensors", OneTensor, 8);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "model.safetensors"), target);
        var error = Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path));
        Assert.Contains("is a link to", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SnapshotOfAHubCache_FollowsItsLinksToTheBlobs()
    {
        _folder.WriteSafetensors("models--org--name/blobs/0a1b", OneTensor, 8);
        var snapshot = Directory.CreateDirectory(Path.Combine(_folder.Path, "models--org--name", "snapshots", "main")).FullName;
        File.CreateSymbolicLink(Path.Combine(snapshot, "model.safetensors"), Path.Combine("..", "..", "blobs", "0a1b"));
        Assert.Equal(["w"], Checkpoint.Open(snapshot).Tensors.Keys);
    }

    [Fact]
    public void Open_FolderThatIsALinkToASnapshot_Opens()
    {
        _folder.WriteSafetensors("models--org--name/blobs/0a1b", OneTensor, 8);
        var snapshot = Directory.CreateDirectory(Path.Combine(_folder.Path, "models--org--name", "snapshots", "main")).FullName;
        File.CreateSymbolicLink(Path.Combine(snapshot, "model.safetensors"), Path.Combine("..", "..", "blobs", "0a1b"));
        var link = Path.Combine(_folder.Path, "shortcut");
        Directory.CreateSymbolicLink(link, snapshot);
        Assert.Equal(["w"], Checkpoint.Open(link).Tensors.Keys);
    }

    [Fact]
    public void Open_FileThatIsALinkToItself_IsNamed()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "model.safetensors"), "model.safetensors");
        Assert.Contains("model.safetensors", Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SingleFileBesideAnIndex_TakesTheFile()
    {
        Shards("""{"weight_map":{"gone":"three.safetensors"}}""");
        _folder.WriteSafetensors("model.safetensors", OneTensor, 8);
        Assert.Equal(["w"], Checkpoint.Open(_folder.Path).Tensors.Keys);
    }

    [Theory]
    [InlineData("pytorch_model.bin", "holds pytorch_model.bin but no safetensors file. Pickled weights can run code and are not read; convert them to safetensors")]
    [InlineData("consolidated.00.pth", "Pickled weights can run code and are not read; convert them to safetensors")]
    [InlineData("model.PT", "Pickled weights can run code and are not read; convert them to safetensors")]
    [InlineData("model.ckpt", "Pickled weights can run code and are not read; convert them to safetensors")]
    [InlineData("readme.txt", "holds no safetensors file")]
    public void Open_FolderWithoutSafetensors_SaysWhatToDo(string file, string message)
    {
        _folder.Write(file, "x");
        Assert.Contains(message, Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ShardsWithoutIndex_AreRefused()
    {
        _folder.WriteSafetensors("one.safetensors", OneTensor, 8);
        _folder.WriteSafetensors("two.safetensors", OtherTensor, 4);
        Assert.Contains("neither model.safetensors nor model.safetensors.index.json", Assert.Throws<CheckpointException>(() => Checkpoint.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingFolder_IsNamed() =>
        Assert.Contains("is no folder", Assert.Throws<CheckpointException>(() => Checkpoint.Open(Path.Combine(_folder.Path, "nowhere"))).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private void Shards(string index)
    {
        _folder.WriteSafetensors("one.safetensors", OneTensor, 8);
        _folder.WriteSafetensors("two.safetensors", OtherTensor, 4);
        _folder.Write("model.safetensors.index.json", index);
    }
}
