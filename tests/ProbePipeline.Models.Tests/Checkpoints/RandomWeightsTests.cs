using System.Security.Cryptography;
using ProbePipeline.Models.Checkpoints;
using ProbePipeline.Models.Masks;
using ProbePipeline.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Tests.Checkpoints;

public sealed class RandomWeightsTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "goldens", "llava", "model");

    [Fact]
    public void Read_Matrix_KeepsMeanAndDeviationAlone()
    {
        using var scope = NewDisposeScope();
        using var trained = Trained();
        using var random = Random(1);
        var (name, shape) = Largest(2);
        var (before, drawn) = (trained.Read(name, shape), random.Read(name, shape));

        Assert.Equal(before.shape, drawn.shape);
        var deviation = before.std(unbiased: false).ToDouble();
        Assert.InRange(drawn.std(unbiased: false).ToDouble(), 0.9 * deviation, 1.1 * deviation);
        // Of n independent pairs the correlation is 1 / sqrt(n) or so.
        var correlation = before.sub(before.mean()).mul(drawn.sub(drawn.mean())).mean().ToDouble() / (deviation * drawn.std(unbiased: false).ToDouble());
        Assert.InRange(correlation, -5 / Math.Sqrt(before.NumberOfElements), 5 / Math.Sqrt(before.NumberOfElements));
    }

    [Fact]
    public void Read_Vector_IsItsMeanThroughout()
    {
        using var scope = NewDisposeScope();
        using var trained = Trained();
        using var random = Random(1);
        var (name, shape) = Largest(1);

        Assert.All(random.Read(name, shape).data<float>(), value => Assert.Equal(trained.Read(name, shape).mean().ToDouble(), value, 1e-6));
    }

    [Fact]
    public void Load_RandomSeed_GivesTheSameNetworkForTheSameSeedAndTouchesNoFile()
    {
        var files = Hashes();

        var (one, again, other, trained) = (Logits(1), Logits(1), Logits(2), Logits(null));

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        Assert.NotEqual(one, trained);
        Assert.All(one, value => Assert.True(float.IsFinite(value)));
        Assert.Equal(files, Hashes());
    }

    [Fact]
    public void Load_RandomSeedAndAType_ComputesInThatType()
    {
        using var network = Network.Load(Folder, new NetworkOptions { RandomSeed = 1, Type = ScalarType.BFloat16 });
        using var result = network.Forward(new Batch([TestNetworks.Row(network, seed: 1, before: 4, after: 6, region: 0)]), new ForwardRequest { LogitsAt = TokenSet.Last });

        Assert.Equal(("bfloat16", ScalarType.BFloat16), (network.TypeName, result.Logits!.Values.dtype));
        Assert.All(result.Logits.Values.to_type(ScalarType.Float32).data<float>(), value => Assert.True(float.IsFinite(value)));
    }

    private static string[] Hashes() => [.. Directory.GetFiles(Folder).Order(StringComparer.Ordinal).Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))];

    private static float[] Logits(long? seed)
    {
        using var network = Network.Load(Folder, new NetworkOptions { RandomSeed = seed });
        using var result = network.Forward(new Batch([TestNetworks.Row(network, seed: 1, before: 4, after: 6, region: 0)]), new ForwardRequest { LogitsAt = TokenSet.Last });
        return result.Logits!.Values.to_type(ScalarType.Float32).data<float>().ToArray();
    }

    private static (string Name, long[] Shape) Largest(int dimensions)
    {
        var found = Checkpoint.Open(Folder).Tensors.Values.Where(tensor => tensor.Shape.Length == dimensions).MaxBy(tensor => tensor.ElementCount)!;
        return (found.Name, [.. found.Shape]);
    }

    private static CheckpointWeights Trained() => new(Checkpoint.Open(Folder), ScalarType.Float32, CPU);

    private static RandomWeights Random(long seed) => new(Trained(), seed, ScalarType.Float32, CPU);
}
