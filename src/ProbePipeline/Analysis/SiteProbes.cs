using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Saving;
using ProbePipeline.Telemetry;

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

    /// <summary>Where fitted probes are logged.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>How many there are.</summary>
    public int Count => Conditions.Length * Sites.Length;

    /// <summary>The outcomes by condition, in the order of the sites. They do not depend on the number of cores.</summary>
    public ImmutableDictionary<string, ImmutableArray<ProbeOutcome>> Run(Action<int, int> progress, CancellationToken cancellation)
    {
        using var activity = RunTelemetry.Begin("probes", ("probes", Count));
        var watch = Stopwatch.StartNew();
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

                ProbeOutcome Fit()
                {
                    using var activity = RunTelemetry.Begin("probe", ("site", site.Site), ("condition", condition));
                    var watch = Stopwatch.StartNew();
                    var outcome = Study.Run(site, Store.States(condition, site.Site, values), cancellation);
                    RunTelemetry.ProbeDuration.Record(watch.Elapsed.TotalSeconds);
                    Log.ProbeFitted(site.Site, condition, outcome.Result.TestAccuracy, outcome.Result.L2, watch.Elapsed.TotalSeconds);
                    return outcome;
                }
            },
            progress,
            cancellation);
        Log.ProbesFinished(Count, Sites.Length, watch.Elapsed.TotalSeconds);
        return places.Zip(outcomes).GroupBy(place => place.First.Condition, place => place.Second).ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray());
    }
}
