using ProbePipeline.Models.Checkpoints;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Checkpoints;

public sealed class SafetensorsHeaderTests : IDisposable
{
    private const string Valid = """{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2,3],"data_offsets":[8,32]},"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]},"none":{"dtype":"F32","shape":[0,5],"data_offsets":[32,32]}}""";

    private readonly TemporaryFolder _folder = new();

    /// <summary>A header, the bytes of data behind it, and what the error must say.</summary>
    public static TheoryData<string, int, string> Faults => new()
    {
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "'a': data_offsets: expected two ascending positions in 4 bytes of data, found [0,8]" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "the tensors end at byte 8 of the data, but there are 12" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "expected two ascending positions" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "expected two ascending positions" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", 8, "'a': data_offsets: expected whole numbers from 0, found -8" },
        { """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'a': shape: expected 8 bytes of F32, as data_offsets say, found [3], which is 12 bytes" },
        { """{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,8],"data_offsets":[0,8]}}""", 8, "'a': shape: expected 8 bytes of F32" },
        { """{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "'a': shape: expected whole numbers from 0, found -2" },
        { """{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""", 8, "'a': dtype: expected one of F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL, found \"F8_E4M3\"" },
        { """{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8, "'a': dtype: expected a string, found nothing" },
        { """{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "'a': shape: expected a list of whole numbers" },
        { """{"a":7}""", 0, "'a': expected an object" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6, "'b' begins at byte 2 of the data, expected 4: its bytes overlap another tensor's" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[6,10]}}""", 10, "'b' begins at byte 6 of the data, expected 4: its bytes leave a hole" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", 8, "header: no valid JSON" },
        { """[1,2]""", 0, "header: expected a JSON object, found Array" },
        { """{"a":""", 0, "header: no valid JSON" },
        { """{"\ud800":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4, "no valid JSON" },
    };

    [Fact]
    public void Read_ValidHeader_GivesTheTensorsInTheOrderOfTheirBytes()
    {
        var path = _folder.WriteSafetensors("model.safetensors", Valid, 32);
        var tensors = SafetensorsHeader.Read(path);
        var begin = 8 + Valid.Length;
        Assert.Equal(["a", "b", "none"], tensors.Select(tensor => tensor.Name));
        Assert.Equal([ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float32], tensors.Select(tensor => tensor.Type));
        Assert.Equal([begin, begin + 8, begin + 32], tensors.Select(tensor => (int)tensor.Offset));
        Assert.Equal([2, 3], tensors[1].Shape);
        Assert.Equal([4, 6, 0], tensors.Select(tensor => (int)tensor.ElementCount));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Read_Fault_NamesFileAndKey(string header, int dataLength, string message)
    {
        var path = _folder.WriteSafetensors("bad.safetensors", header, dataLength);
        var error = Assert.Throws<CheckpointException>(() => SafetensorsHeader.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[0], "found a file of 0 bytes")]
    [InlineData(new byte[] { 1, 2, 3 }, "found a file of 3 bytes")]
    [InlineData(new byte[] { 100, 0, 0, 0, 0, 0, 0, 0, 123, 125 }, "the header should be 100 bytes long, but the whole file has 10; it is truncated")]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255 }, "found a length of 18446744073709551615; this is no safetensors file")]
    public void Read_FileThatEndsTooEarly_SaysWhatItFound(byte[] file, string message)
    {
        var error = Assert.Throws<CheckpointException>(() => SafetensorsHeader.Read(_folder.Write("short.safetensors", file)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeeplyNestedHeader_IsRefused()
    {
        var header = $$"""{"a":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}""";
        Assert.Throws<CheckpointException>(() => SafetensorsHeader.Read(_folder.WriteSafetensors("deep.safetensors", header, 0)));
    }

    public void Dispose() => _folder.Dispose();
}
