using System.Collections.Immutable;

namespace ProbePipeline.Probes.Training.Batched;

/// <summary>A softmax regression of a set: its labels among the classes that have rows.</summary>
/// <param name="Labels">For every row the place of its class in <paramref name="Present"/>.</param>
/// <param name="Present">The classes that have rows, ascending; at least two.</param>
/// <param name="ClassCount">All classes.</param>
/// <param name="L2">The penalty with a weight vector a class.</param>
internal sealed record Problem(long[] Labels, ImmutableArray<int> Present, int ClassCount, double L2)
{
    /// <param name="problem">What is asked for.</param>
    /// <returns>The regression; null where a single class has rows, so that nothing is to be solved.</returns>
    public static Problem? Of(ProbeProblem problem)
    {
        ImmutableArray<int> present = [.. problem.Labels.Distinct().Order()];
        var places = present.Index().ToDictionary(place => place.Item, place => (long)place.Index);
        // A sigmoid of w is a softmax of -w / 2 and w / 2. These have half of w's squared weights, so the same objective takes twice the penalty.
        return present.Length < 2 ? null : new([.. problem.Labels.Select(label => places[label])], present, problem.ClassCount, present.Length == 2 ? 2 * problem.L2 : problem.L2);
    }

    /// <summary>The solution as the others are written.</summary>
    /// <param name="weights">[classes present or more, width]</param>
    /// <param name="biases">[classes present or more]</param>
    public LinearWeights Written(double[][] weights, double[] biases)
    {
        var written = Present.Length == 2
            ? new LinearWeights([[.. weights[1].Zip(weights[0], (second, first) => (float)(second - first))]], [(float)(biases[1] - biases[0])])
            : new LinearWeights([.. weights.Take(Present.Length).Select(vector => vector.Select(value => (float)value).ToImmutableArray())], [.. biases.Take(Present.Length).Select(value => (float)value)]);
        return Present.Length < ClassCount ? written.Spread(Present.AsSpan(), ClassCount) : written;
    }
}
