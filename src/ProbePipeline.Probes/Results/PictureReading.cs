using System.Collections.Immutable;

namespace ProbePipeline.Probes.Results;

/// <summary>What a probe says of a picture.</summary>
/// <param name="Picture">The picture's file.</param>
/// <param name="Region">The part that was read, in words.</param>
/// <param name="Classes">The classes.</param>
/// <param name="Probabilities">A number a class.</param>
public sealed record PictureReading(string Picture, string Region, ImmutableArray<string> Classes, ImmutableArray<double> Probabilities)
{
    /// <summary>The likeliest class; of equals the first.</summary>
    public string Predicted => Classes[Probabilities.IndexOf(Probabilities.Max())];

    /// <summary>The classes by their probability, the likeliest first; of equals the one that comes first.</summary>
    public IEnumerable<(string Class, double Probability)> Ranked => Classes.Zip(Probabilities).OrderByDescending(pair => pair.Second);
}
