using System.Collections.Immutable;
using ProbePipeline.Capture;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Analysis;

/// <summary>A few of the captured sites, for what would be too much everywhere.</summary>
internal static class SiteChoice
{
    /// <summary>The captured sites that patterns name, each once, as the columns of features are named.</summary>
    /// <param name="key">The key of the experiment file that holds the patterns.</param>
    /// <exception cref="ExperimentException">A pattern names no site that is captured.</exception>
    public static ImmutableArray<string> Of(string key, ImmutableArray<SitePattern> patterns, HiddenStateOptions states)
    {
        foreach (var pattern in patterns)
        {
            if (!states.Captures.Any(capture => pattern.Includes(capture.Site)))
            {
                throw new ExperimentException($"{key}: expected sites that capture.sites names; found {pattern}; captured are {string.Join(", ", states.Captures.Select(states.PartOf))}");
            }
        }

        return [.. states.Captures.Where(capture => patterns.Any(pattern => pattern.Includes(capture.Site))).Select(states.PartOf)];
    }

    /// <summary>Where the first condition's probe is best, and the last site of either tower, of those on the way to the answer.</summary>
    public static ImmutableArray<string> Default(ImmutableArray<ProbeSite> sites, ImmutableArray<ProbeOutcome> first)
    {
        var best = new ConditionResults { Probes = [.. first.Select(outcome => outcome.Result)] }.BestProbe?.Site;
        string? LastOf(string tower) => sites.LastOrDefault(site => site.Tower == tower && site.OnPath)?.Site;
        string?[] chosen = [best, LastOf("vision"), LastOf("language")];
        return [.. sites.Select(site => site.Site).Where(chosen.Contains)];
    }
}
