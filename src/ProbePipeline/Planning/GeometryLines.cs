using System.Globalization;
using ProbePipeline.Options;

namespace ProbePipeline.Planning;

/// <summary>What erasure and directions add to a run, in lines of its plan; transfer between conditions trains nothing.</summary>
internal static class GeometryLines
{
    /// <param name="options">The experiment.</param>
    /// <param name="places">Sites times conditions.</param>
    public static IEnumerable<(string What, string Value)> Of(ExperimentOptions options, int places)
    {
        if (options.Probe?.Erasure is { } erasure)
        {
            var probes = erasure.Other is { } other ? $"3 more probes at each, 2 of them for {other}" : "1 more probe at each";
            yield return ("erasure", string.Create(CultureInfo.InvariantCulture, $"of {options.Target} at {places} places, {probes}"));
        }

        if (options.Probe?.Directions is { } directions)
        {
            yield return ("directions", string.Create(CultureInfo.InvariantCulture, $"up to {directions.Iterations + 1} probes a site and condition, written to {Path.Combine(options.Output, "directions")}"));
        }
    }
}
