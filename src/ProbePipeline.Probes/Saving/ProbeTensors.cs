using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProbePipeline.Features;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Saving;

/// <summary>The tensors of probes: weights and biases in float32, means and deviations in float64, those that several probes have alike once.</summary>
internal sealed class ProbeTensors
{
    private readonly Dictionary<string, string> _names = [];
    private readonly List<NamedTensor> _all = [];

    public ProbeTensors(IEnumerable<LinearProbe> probes) => Names = [.. probes.Select(Add)];

    /// <summary>For every probe what its tensors' names begin with.</summary>
    public ImmutableArray<string> Names { get; }

    public IReadOnlyList<NamedTensor> All => _all;

    public int Distinct => _names.Count;

    /// <exception cref="FeatureStoreException">A tensor is missing or has another shape.</exception>
    /// <exception cref="ProbeException">A tensor holds what no probe can have; what to do about it is left to say to who knows the file.</exception>
    public static (Standardization Standardization, LinearWeights Weights) Read(TensorFile file, string name, int classes)
    {
        // Two classes share one vector.
        var mean = file.Values<double>($"{name}.mean", -1);
        var deviation = file.Values<double>($"{name}.deviation", mean.Length);
        var biases = file.Values<float>($"{name}.biases", -1);
        var weights = file.Values<float>($"{name}.weights", biases.Length, mean.Length);
        Require(biases.Length == classes || (biases.Length == 1 && classes == 2), $"{name}.biases", $"{classes} numbers, one a class", $"{biases.Length}");
        // A class that training lacked has the bias minus infinity, which is its probability 0.
        Require(biases.All(bias => float.IsFinite(bias) || float.IsNegativeInfinity(bias)) && biases.Any(float.IsFinite), $"{name}.biases", "finite numbers", "others");
        Require(Array.TrueForAll(weights, float.IsFinite), $"{name}.weights", "finite numbers", "others");
        Require(Array.TrueForAll(mean, double.IsFinite), $"{name}.mean", "finite numbers", "others");
        Require(deviation.All(one => double.IsFinite(one) && one > 0), $"{name}.deviation", "positive numbers", "others");
        return (new Standardization([.. mean], [.. deviation]), new LinearWeights([.. weights.Chunk(mean.Length).Select(row => row.ToImmutableArray())], [.. biases]));
    }

    private static void Require(bool holds, string key, string expected, string found)
    {
        if (!holds)
        {
            throw new ProbeException($"{key}: expected {expected}; found {found}");
        }
    }

    private string Add(LinearProbe probe)
    {
        var (weights, biases) = (probe.Weights.Weights.SelectMany(row => row).ToArray(), probe.Weights.Biases.ToArray());
        var (mean, deviation) = (probe.Standardization.Mean.ToArray(), probe.Standardization.Deviation.ToArray());
        var key = Convert.ToHexString(SHA256.HashData([
            .. MemoryMarshal.AsBytes(weights.AsSpan()), .. MemoryMarshal.AsBytes(biases.AsSpan()), .. MemoryMarshal.AsBytes(mean.AsSpan()), .. MemoryMarshal.AsBytes(deviation.AsSpan())]));
        if (!_names.TryGetValue($"{biases.Length}/{key}", out var name))
        {
            _names[$"{biases.Length}/{key}"] = name = $"probe{_names.Count}";
            _all.Add(new NamedTensor($"{name}.mean", [mean.Length], mean));
            _all.Add(new NamedTensor($"{name}.deviation", [mean.Length], deviation));
            _all.Add(new NamedTensor($"{name}.weights", [biases.Length, mean.Length], weights));
            _all.Add(new NamedTensor($"{name}.biases", [biases.Length], biases));
        }

        return name;
    }
}
