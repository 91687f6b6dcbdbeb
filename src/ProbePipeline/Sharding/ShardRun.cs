using System.Collections.Immutable;
using System.Globalization;
using ProbePipeline.Analysis;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Saving;

namespace ProbePipeline.Sharding;

/// <summary>
/// Does one shard's share of the first stage that is not joined yet. Chunks are shared out by turns, and so are sites with all their conditions, since conditions
/// that share a part of the network share its probes. What is made lies in the shard's own folder until it is joined.
/// </summary>
/// <param name="Features">The features of this shard.</param>
internal sealed record ShardRun(RunFeatures Features)
{
    private Shard Shard => Features.Shard!;

    private PreparedExperiment Experiment => Features.Experiment;

    private string Output => Experiment.Options.Output;

    /// <summary>A shard's share in a line of a plan.</summary>
    public static (string What, string Value) Line(PreparedExperiment experiment, Shard shard)
    {
        var chunks = ChunkPlan.Of(experiment.Rows.Rows, experiment.Options.Capture.ChunkPictures);
        int[] own = [.. chunks.Where((_, place) => shard.Takes(place)).Select(chunk => chunk.Length)];
        return ("this shard", string.Create(
            CultureInfo.InvariantCulture,
            $"{shard}: {own.Length} of {chunks.Length} chunks, {own.Sum()} of {experiment.Rows.Rows.Length} rows; then {experiment.States.Captures.Where((_, place) => shard.Takes(place)).Count()} of {experiment.States.Captures.Length} sites to fit probes at; in {ShardFolders.Of(experiment.Options.Output, shard)}"));
    }

    public ShardOutcome Run(CancellationToken cancellation)
    {
        var store = Features.Begin();
        var joined = Joined(Experiment.FeatureFolder, store);
        var joinedRandomModel = Features.BeginRandomModel() is { } own ? Joined(RandomModelFeatures.FolderIn(Output), own) : null;
        if (joined?.CountMissing(Features.First) is not 0 || (Features.WithRandomModel && joinedRandomModel?.CountMissing(Features.First[0]) is not 0))
        {
            var rows = Features.ExtractFirst(store, cancellation);
            Features.ExtractRandomModel(cancellation);
            return new ShardOutcome(Shard, ShardStage.Features, rows, "rows");
        }

        if (joined.CountMissing(joined.Manifest.Conditions) > 0)
        {
            var (erasers, means) = Features.Fit(joined, cancellation);
            return new ShardOutcome(Shard, ShardStage.FittedFeatures, Features.ExtractSecond(store, erasers, means, cancellation), "rows");
        }

        return new ShardOutcome(Shard, ShardStage.Probes, Experiment.Options.Probe is null ? 0 : FitProbes(joined, joinedRandomModel, cancellation), "probes");
    }

    // What is joined was made from what this shard is: otherwise its stage is another experiment's.
    private static FeatureStore? Joined(string folder, FeatureStore own)
    {
        if (!FeatureStore.Exists(folder))
        {
            return null;
        }

        var joined = FeatureStore.Open(folder);
        joined.RequireMadeLike(own);
        return joined;
    }

    private int FitProbes(FeatureStore store, FeatureStore? randomModel, CancellationToken cancellation)
    {
        var usable = UsableRows.Of(Experiment, store, store.Manifest.Conditions, randomModel);
        var folder = ShardFolders.FitsIn(ShardFolders.Of(Output, Shard));
        // Those of other shards too: there may have been another number of them before.
        string[] fits = [folder, .. ShardFolders.In(Output).Select(ShardFolders.FitsIn)];
        var probes = new ExperimentProbes(usable.Experiment, new StoredOutcomes(usable.Experiment, Features.Inputs, fits) { KeptIn = folder });
        probes = probes with { Sites = [.. probes.Sites.Where((_, place) => Shard.Takes(place))] };
        SiteProbes[] all = [probes.OfModel(usable.Store), .. usable.RandomModel is { } untrained ? [probes.OfUntrained(untrained)] : ImmutableArray<SiteProbes>.Empty];
        var (done, total) = (0, all.Sum(each => each.Count));
        foreach (var each in all)
        {
            each.Run((one, _) => Features.Progress?.Report(new RunProgress("probes", done + one, total, "probes")), cancellation);
            done += each.Count;
        }

        return total;
    }
}
