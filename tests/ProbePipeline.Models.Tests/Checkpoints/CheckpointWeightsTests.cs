using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Testing;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Checkpoints;

[Collection(LiveTensors.Name)]
public sealed class CheckpointWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("llava", ScalarType.Float32)]
    [InlineData("llava-sharded", ScalarType.Float32)]
    [InlineData("llava-bfloat16", ScalarType.Float32)]
    [InlineData("llava-bfloat16", ScalarType.BFloat16)]
    [InlineData("llava-float16", ScalarType.Float32)]
    [InlineData("llava-float16", ScalarType.Float16)]
    public void Read_EveryTensor_HasTheStoredValues(string golden, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var checkpoint = Checkpoint.Open(Path.Combine(Repository.Root, "tests", "goldens", golden, "model"));
        using var weights = new CheckpointWeights(checkpoint, type, CPU);
        foreach (var file in checkpoint.Files)
        {
            var expected = SafetensorsArrays.Read(file);
            foreach (var name in expected.Names)
            {
                var tensor = weights.Read(name, expected.Shape(name));
                Assert.Equal(type, tensor.dtype);
                Assert.Equal(expected.Shape(name), tensor.shape);
                // Stored in half precision, so no rounding on the way to any of these types.
                Assert.Equal(expected.Floats(name), tensor.to_type(ScalarType.Float32).contiguous().data<float>().ToArray());
            }
        }
    }

    [Fact]
    public void Read_SnapshotOfAHubCache_ReadsWhatItsLinksPointTo()
    {
        var model = Path.Combine(Repository.Root, "tests", "goldens", "llava", "model");
        var (blobs, snapshot) = (Path.Combine(_folder.Path, "models--org--name", "blobs"), Path.Combine(_folder.Path, "models--org--name", "snapshots", "main"));
        Directory.CreateDirectory(blobs);
        Directory.CreateDirectory(snapshot);
        foreach (var (blob, file) in new[] { ("0a", "config.json"), ("1b", "model.safetensors") })
        {
            File.Copy(Path.Combine(model, file), Path.Combine(blobs, blob));
            File.CreateSymbolicLink(Path.Combine(snapshot, file), Path.Combine("..", "..", "blobs", blob));
        }

        using var network = Network.Load(snapshot);
        using var direct = Network.Load(model);
        Assert.Equal(direct.Checkpoint.ParameterCount, network.Checkpoint.ParameterCount);
    }

    [Fact]
    public void Read_DataOffItsElementsBoundary_IsCopiedRight()
    {
        // A header of odd length: the floats behind it cannot be mapped as floats.
        var header = """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""";
        header += new string(' ', (header.Length % 2) == 0 ? 1 : 0);
        var file = TemporaryFolder.Safetensors(System.Text.Encoding.UTF8.GetBytes(header), 12);
        Buffer.BlockCopy(new float[] { 1.5f, -2f, 3f }, 0, file, file.Length - 12, 12);
        _folder.Write("model.safetensors", file);
        using var weights = new CheckpointWeights(Checkpoint.Open(_folder.Path), ScalarType.Float32, CPU);
        Assert.Equal([1.5f, -2f, 3f], weights.Read("w", [3]).data<float>().ToArray());
    }

    [Fact]
    public void Finish_IntegerMissingAndMisshapenTensors_AreNamedTogetherAndLeaveNothing()
    {
        _folder.WriteSafetensors(
            "model.safetensors",
            """{"w":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},"f":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
            8);
        var before = LiveTensors.Count();
        using (var weights = new CheckpointWeights(Checkpoint.Open(_folder.Path), ScalarType.Float32, CPU))
        {
            var reader = new WeightReader(weights);
            reader.Tensor("w", 4);
            reader.Tensor("f", 2);
            reader.At("deeper").Tensor("missing", 3);
            var error = Assert.Throws<CheckpointException>(() => reader.Finish("here"));
            Assert.Contains("1 missing: deeper.missing.", error.Message, StringComparison.Ordinal);
            Assert.Contains("1 of another shape: f: expected [2], found [1].", error.Message, StringComparison.Ordinal);
            Assert.Contains("1 no weights: w: expected floating-point weights, found Int8", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, LiveTensors.Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Read_FileThatBecameShorter_IsNamed(int misalignment)
    {
        const string Header = """{"w":{"dtype":"F32","shape":[300],"data_offsets":[0,1200]}}""";
        var header = Header + new string(' ', (8 - (Header.Length % 8)) % 8 + misalignment);
        var path = _folder.WriteSafetensors("model.safetensors", header, 1200);
        using var weights = new CheckpointWeights(Checkpoint.Open(_folder.Path), ScalarType.Float32, CPU);
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(600);
        }

        var error = Assert.Throws<CheckpointException>(() => weights.Read("w", [300]));
        Assert.Contains("tensor 'w' should end at byte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_AfterLoading_FreesEveryTensor()
    {
        var before = LiveTensors.Count();
        TestNetworks.Load("llava-sharded").Dispose();
        TestNetworks.Load("llava-bfloat16", new NetworkOptions { Type = ScalarType.Float32 }).Dispose();
        Assert.Equal(before, LiveTensors.Count());
    }

    public void Dispose() => _folder.Dispose();
}
