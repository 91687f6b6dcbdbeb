using System.Collections.Immutable;
using ProbePipeline.Probes.Erasure;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Training;

namespace ProbePipeline.Probes.Directions;

/// <summary>Directions that probes read, found one probe after the other.</summary>
/// <param name="Standardization">What the columns are brought to first: the directions live there.</param>
/// <param name="Directions">[R, width], row-major: of length 1 and at right angles to each other, in standardised units.</param>
/// <param name="FoundIn">For every direction the number of the probe that read it, from 0.</param>
/// <param name="Steps">How well every probe did; the last one found nothing more to take away, or was the last that was allowed.</param>
public sealed record NullspaceDirections(Standardization Standardization, ImmutableArray<float> Directions, ImmutableArray<int> FoundIn, ImmutableArray<NullspaceStep> Steps)
{
    /// <summary>What takes the directions out of vectors in their own units.</summary>
    public LinearEraser Eraser
    {
        get
        {
            var (width, rank) = (Standardization.Mean.Length, FoundIn.Length);
            return new LinearEraser(
                [.. Standardization.Mean.Select(mean => (float)mean)],
                [.. Enumerable.Range(0, width * rank).Select(place => (float)(Standardization.Deviation[place / rank] * Directions[(place % rank * width) + (place / rank)]))],
                [.. Directions.Select((value, place) => (float)(value / Standardization.Deviation[place % width]))]);
        }
    }
}
