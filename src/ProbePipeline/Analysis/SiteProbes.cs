using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Saving;

namespace ProbePipeline.Analysis;

/// <summary>A probe at every site under every condition, side by side on the machine's cores.</summary>
/// <param name="Study">What is predicted, and how.</param>
/// <param name="Store">The features.</param>
/// <param name="Sites">Where they were read; the names of the store's columns.</param>
internal sealed record SiteProbes(ProbeStudy Study, FeatureStore Store, ImmutableArray<ProbeSite> Sites)
{
    /// <summary>The conditions; by default all of the store.</summary>
    public ImmutableArray<string> Conditions { get; init; } = Store.Manifest.Conditions;

    /// <summary>Where outcomes are taken from that were fitted elsewhere; null: nowhere.</summary>
    public StoredOutcomes? Outcomes { get; init; }

    /// <summary>How many there are.</summary>
    public int Count => Conditions.Length * Sites.Length;

    /// <summary>The outcomes by condition, in the order of the sites. They do not depend on the number of cores.</summary>
    public ImmutableDictionary<string, ImmutableArray<ProbeOutcome>> Run(Action<int, int> progress, CancellationToken cancellation)
    {
        var places = Conditions.SelectMany(condition => Sites.Select(site => (Condition: condition, Site: site))).ToArray();
        // Conditions that share a part of the network have the same features there, to the bit.
        var known = new ConcurrentDictionary<string, Lazy<ProbeOutcome>>(StringComparer.Ordinal);
        var outcomes = SideBySide.Run(
            places,
            place =>
            {
                var (condition, site) = place;
                var values = Store.Read<float>(condition, site.Site);
                var hash = SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan()));
                return known.GetOrAdd($"{site.Site}/{Convert.ToHexString(hash)}", _ => new(() => Outcomes is null ? Fit() : Outcomes.Of(Study, site, hash, Fit))).Value;

                ProbeOutcome Fit() => Study.Run(site, Store.States(condition, site.Site, values), cancellation);
            },
            progress,
            cancellation);
        return places.Zip(outcomes).GroupBy(place => place.First.Condition, place => place.Second).ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray());
    }
}
