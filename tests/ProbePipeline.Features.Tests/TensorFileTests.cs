using System.Text;

namespace ProbePipeline.Features.Tests;

public sealed class TensorFileTests : IDisposable
{
    private static readonly Dictionary<string, string> Texts = new() { ["format"] = "a \"quoted\" text" };

    private static readonly NamedTensor[] Tensors = [new("weights", [2, 3], [1f, 2, 3, 4, 5, float.MinValue]), new("mean", [3], [1e-300, 0, -7])];

    private readonly string _folder = Directory.CreateTempSubdirectory("tensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_WhatWasWritten_IsTheSameToTheBit()
    {
        var path = Path.Combine(_folder, "new", "tensors.safetensors");
        TensorFile.Write(path, Texts, Tensors);
        var read = TensorFile.Read(path);

        Assert.Equal([1f, 2, 3, 4, 5, float.MinValue], read.Values<float>("weights", 2, 3));
        Assert.Equal([1e-300, 0, -7], read.Values<double>("mean", -1));
        Assert.Equal(Texts["format"], read.Metadata["format"]);
        Assert.Equal(TensorFile.ToBytes(Texts, Tensors), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Theory]
    [InlineData("other", "expected a tensor 'other'; found weights, mean")]
    [InlineData("mean", "mean: expected F32 [any, 3]; found F64 [3]")]
    public void Values_NotWhatIsThere_NamesFileAndTensor(string tensor, string message)
    {
        var error = Assert.Throws<FeatureStoreException>(() => TensorFile.Parse(TensorFile.ToBytes(Texts, Tensors), "probes").Values<float>(tensor, -1, 3));
        Assert.Contains($"probes: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_EveryShortenedFile_IsRefusedByName()
    {
        var whole = TensorFile.ToBytes(Texts, Tensors);
        for (var length = 0; length < whole.Length; length++)
        {
            var error = Assert.Throws<FeatureStoreException>(() => TensorFile.Parse(whole[..length], "cut.safetensors"));
            Assert.StartsWith("cut.safetensors: expected a whole safetensors file", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_AnyBitOfANumberChanged_IsRefused()
    {
        var whole = TensorFile.ToBytes(Texts, Tensors);
        for (var place = 8 + BitConverter.ToInt32(whole); place < whole.Length; place++)
        {
            byte[] changed = [.. whole];
            changed[place] ^= 1;
            var error = Assert.Throws<FeatureStoreException>(() => TensorFile.Parse(changed, "changed.safetensors"));
            Assert.StartsWith("changed.safetensors: expected a whole safetensors file; found one with the checksum", error.Message, StringComparison.Ordinal);
        }

        var text = Encoding.UTF8.GetString(whole).IndexOf("quoted", StringComparison.Ordinal);
        whole[text]++;
        Assert.Contains("found one with the checksum", Assert.Throws<FeatureStoreException>(() => TensorFile.Parse(whole, "changed.safetensors")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[2,3]", "[2,4]")]
    [InlineData("[2,3]", "[2,-3]")]
    [InlineData("[0,24]", "[-8,16]")]
    [InlineData("\"F32\"", "\"F16\"")]
    [InlineData("\"dtype\"", "\"dtipe\"")]
    [InlineData("[2,3]", "[2147483647,2147483647,2147483647,2147483647]")]
    public void Parse_HeaderThatDoesNotFit_IsRefused(string before, string after)
    {
        var whole = TensorFile.ToBytes(Texts, Tensors);
        var length = BitConverter.ToInt32(whole);
        var header = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(whole, 8, length).Replace(before, after, StringComparison.Ordinal).Replace("xxh128", "none", StringComparison.Ordinal));
        Assert.Throws<FeatureStoreException>(() => TensorFile.Parse([.. BitConverter.GetBytes((long)header.Length), .. header, .. whole[(8 + length)..]], "odd"));
    }

    [Fact]
    public void Parse_TensorWithoutNumbers_HasNone() => Assert.Empty(
        TensorFile.Parse(TensorFile.ToBytes(Texts, [new("none", [0, 3], Array.Empty<float>()), .. Tensors]), "directions").Values<float>("none", -1, 3));

    [Fact]
    public void ToBytes_TwoOfOneName_IsRefused() =>
        Assert.Contains("found 'mean' twice", Assert.Throws<ArgumentException>(() => TensorFile.ToBytes(Texts, [.. Tensors, Tensors[1]])).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoFile_SaysSo() =>
        Assert.Contains("none.safetensors: the file cannot be read", Assert.Throws<FeatureStoreException>(() => TensorFile.Read(Path.Combine(_folder, "none.safetensors"))).Message, StringComparison.Ordinal);

    [Fact]
    public void NamedTensor_NumbersOfAnotherShape_AreRefused() =>
        Assert.Contains("weights: expected 6 numbers of the shape [2, 3]; found 5", Assert.Throws<ArgumentException>(() => new NamedTensor("weights", [2, 3], new float[5])).Message, StringComparison.Ordinal);
}
