using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Features;
using ProbePipeline.Rows;

namespace ProbePipeline.Extraction;

/// <summary>Rows whose states hold NaN or infinity.</summary>
internal static class NotFiniteStates
{
    /// <summary>What can be done about one.</summary>
    public const string WhatToDo =
        "float16 overflows where bfloat16 and float32 do not: try another capture.type, in another output folder, or leave such rows out with capture.notFinite: drop";

    /// <exception cref="CaptureException">A state of a chunk is not finite; the message names condition, site and row.</exception>
    /// <param name="conditions">What the network gave for the chunk.</param>
    /// <param name="sites">The columns of states.</param>
    /// <param name="rows">The chunk's rows.</param>
    public static void Refuse(IReadOnlyDictionary<string, FeatureValues> conditions, ImmutableArray<FeatureColumn> sites, ImmutableArray<ExperimentRow> rows)
    {
        foreach (var (condition, values) in conditions)
        {
            foreach (var site in sites)
            {
                if (values.FirstNotFinite(site.Name) is >= 0 and var place)
                {
                    throw new CaptureException($"{Describe(condition, site, place, rows[place / site.Width].Id)}; {WhatToDo}, or store them as they are with keep");
                }
            }
        }
    }

    /// <summary>The rows of a store that have such states, by place, each with the first of them in words.</summary>
    /// <param name="store">The store.</param>
    /// <param name="conditions">The conditions to look at; all of them are there.</param>
    /// <param name="sites">The columns of states.</param>
    /// <exception cref="FeatureStoreException">A chunk is missing or damaged.</exception>
    public static ImmutableSortedDictionary<int, string> In(FeatureStore store, IEnumerable<string> conditions, ImmutableArray<FeatureColumn> sites)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<int, string>();
        foreach (var condition in conditions)
        {
            var first = 0;
            foreach (var (chunk, count) in store.Manifest.ChunkRows.Index())
            {
                foreach (var site in sites)
                {
                    var values = store.Read<float>(chunk, condition, site.Name).AsSpan();
                    for (var row = 0; FeatureValues.FirstNotFinite(values[(row * site.Width)..]) is >= 0 and var place; row++)
                    {
                        place += row * site.Width;
                        row = place / site.Width;
                        found.TryAdd(first + row, Describe(condition, site, place, store.Rows[first + row].Id));
                    }
                }

                first += count;
            }
        }

        return found.ToImmutable();
    }

    private static string Describe(string condition, FeatureColumn site, int place, string row) =>
        FormattableString.Invariant($"{condition}, {site.Name}, {row}: expected finite states; found NaN or infinity in column {place % site.Width}");
}
