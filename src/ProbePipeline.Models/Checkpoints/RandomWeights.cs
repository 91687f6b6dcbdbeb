using System.Security.Cryptography;
using System.Text;
using ProbePipeline.Torch.Arithmetic;
using static TorchSharp.torch;

namespace ProbePipeline.Models.Checkpoints;

/// <summary>
/// A checkpoint's shapes with weights that were never trained. Every matrix (and whatever has more dimensions) is drawn from a normal distribution with
/// its own mean and standard deviation, so that signals keep their scale through the network while all that training has arranged is gone; every vector
/// (norm scales, biases) holds its own mean throughout. A tensor's numbers depend on seed, name and shape alone.
/// </summary>
/// <remarks>
/// As a baseline for probes: Zhang and Bowman 2018, arXiv 1809.10040, whose networks are as they were initialised before training. How a published checkpoint
/// was initialised is seldom known; the scale of its own matrices always is. Nothing is mapped: the tensors take as much memory as the checkpoint.
/// </remarks>
internal sealed class RandomWeights(WeightSource trained, long seed, ScalarType type, Device device) : WeightSource
{
    private readonly Dictionary<string, Tensor> _drawn = new(StringComparer.Ordinal);

    public override IEnumerable<string> Names => trained.Names;

    public override IReadOnlyList<long>? ShapeOf(string name, long[] wanted) => trained.ShapeOf(name, wanted);

    public override string? FaultOf(string name) => trained.FaultOf(name);

    public override Tensor Read(string name, long[] shape)
    {
        if (!_drawn.TryGetValue(name, out var tensor))
        {
            using var scope = NewDisposeScope();
            _drawn[name] = tensor = Drawn(name, trained.Read(name, shape)).to(type, device).DetachFromDisposeScope();
        }

        return tensor;
    }

    protected override void DisposeTensors()
    {
        foreach (var tensor in _drawn.Values)
        {
            tensor.Dispose();
        }

        _drawn.Clear();
        trained.Dispose();
    }

    private Tensor Drawn(string name, Tensor stored)
    {
        var values = stored.to(ScalarType.Float32);
        var mean = values.mean();
        if (values.dim() < 2)
        {
            return mean.expand(values.shape).clone();
        }

        // One stream a tensor, so that the order in which a family reads them is all the same.
        using var generator = new Generator(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}/{name}"))));
        return randn(values.shape, generator: generator).mul_(values.std(unbiased: false)).AddInPlace(mean);
    }
}
