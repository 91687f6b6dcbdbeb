using System.Collections.Immutable;
using ProbePipeline.Probes.Training;
using static TorchSharp.torch;

namespace ProbePipeline.Benchmarks.Training;

/// <summary>A site as hidden states are: columns that go together, a spectrum that falls, classes that a linear probe finds most of the time.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Classes">Classes.</param>
internal sealed record RandomSite(int Rows, int Width, int Classes)
{
    // In standard deviations of every direction.
    private const float ClassDistance = 0.1f;

    public static ImmutableArray<double> Penalties { get; } = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];

    /// <param name="seed">The same seed gives the same site.</param>
    public TrainingSet Build(long seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed);
        var spectrum = arange(1, Width + 1, ScalarType.Float32).pow(-0.5);
        var labels = randint(Classes, [Rows], generator: generator);
        // Around a centre a class, in directions of which few carry most.
        var states = randn([Rows, Width], generator: generator).add(randn([Classes, Width], generator: generator).mul(ClassDistance).index_select(0, labels)).mul(spectrum)
            .matmul(randn([Width, Width], generator: generator));
        states = states.sub(states.mean([0], keepdim: true)).div(states.std(0, unbiased: false, keepdim: true));
        ImmutableArray<int> classes = [.. labels.data<long>().ToArray().Select(label => (int)label)];
        return new TrainingSet(states.contiguous().data<float>().ToArray(), Rows, [.. Penalties.Select(l2 => new ProbeProblem(classes, Classes, l2))]);
    }
}
