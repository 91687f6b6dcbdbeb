using System.Collections.Immutable;
using ProbePipeline.Rows;

namespace ProbePipeline.Extraction;

/// <summary>The rows in chunks of whole pictures: what is finished or lost together.</summary>
internal static class ChunkPlan
{
    /// <param name="rows">The rows, picture after picture.</param>
    /// <param name="pictures">Pictures a chunk.</param>
    public static ImmutableArray<ImmutableArray<ExperimentRow>> Of(ImmutableArray<ExperimentRow> rows, int pictures) =>
        [.. rows.GroupBy(row => row.Image).Chunk(pictures).Select(chunk => chunk.SelectMany(picture => picture).ToImmutableArray())];
}
