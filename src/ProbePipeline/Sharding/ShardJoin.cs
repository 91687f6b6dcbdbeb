using System.Globalization;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Saving;
using ProbePipeline.Telemetry;

namespace ProbePipeline.Sharding;

/// <summary>Brings together what shards have made. While it lives, no run works in the output folder, and none of the shards that it found there.</summary>
internal sealed class ShardJoin : IDisposable
{
    private readonly RunFeatures _features;
    private readonly List<string> _own = [];
    private readonly IReadOnlyList<string> _from;
    private readonly OutputLock _alone;
    private readonly Stack<OutputLock> _shards = [];
    private readonly FeatureStore _store;
    private readonly FeatureStore? _randomModel;
    private readonly int _taken;

    /// <param name="features">The run's features.</param>
    /// <param name="from">Folders of shards that lie elsewhere.</param>
    /// <exception cref="ExperimentException">A run or a shard is at work there, or a folder does not exist.</exception>
    /// <exception cref="FeatureStoreException">A shard's features were made from something else.</exception>
    public ShardJoin(RunFeatures features, IReadOnlyList<string> from)
    {
        (_features, _from) = (features, from);
        _alone = OutputLock.Take(features.Output);
        try
        {
            foreach (var folder in ShardFolders.In(features.Output))
            {
                _shards.Push(OutputLock.Take(folder));
                _own.Add(folder);
            }

            if (from.FirstOrDefault(folder => !IsShard(folder)) is { } other)
            {
                throw new ExperimentException(
                    $"{other}: expected the folder of a shard, such as {ShardFolders.Of(features.Output, new Shard(1, 8))}; found neither features nor probes there; check its path");
            }

            _store = features.Begin();
            _randomModel = features.BeginRandomModel();
            _taken = Join(_store, PreparedExperiment.FeaturesIn) + (_randomModel is null ? 0 : Join(_randomModel, RandomModelFeatures.FolderIn));
            features.Experiment.Log.Joined(_taken, _own.Count + from.Count);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Outcomes of probes that the shards have fitted. What is fitted here is kept too, so that a merge that is stopped goes on.</summary>
    public StoredOutcomes Outcomes(PreparedExperiment experiment) =>
        new(experiment, _features.Inputs, [.. _own.Concat(_from).Select(ShardFolders.FitsIn), FitsHere]) { KeptIn = FitsHere };

    /// <summary>Fits what conditions need, on the features that need nothing fitted.</summary>
    /// <exception cref="ExperimentException">Some of those are missing.</exception>
    public JoinOutcome Fit(CancellationToken cancellation)
    {
        RequireFirst();
        _features.Fit(_store, cancellation);
        return new JoinOutcome(_taken, _store.CountMissing(_store.Manifest.Conditions) == 0, _features.Experiment.Options.Probe is not null);
    }

    /// <summary>All that the analysis reads.</summary>
    /// <exception cref="ExperimentException">Features are missing.</exception>
    public RunParts Complete(CancellationToken cancellation)
    {
        RequireFirst();
        var (erasers, means) = _features.Fit(_store, cancellation);
        Require(_store, _store.Manifest.Conditions, "under conditions that need what is fitted now: run every shard once more");
        return new RunParts(_store, erasers, means, _randomModel);
    }

    /// <summary>Removes the shards' folders in the output folder, once all that they held is elsewhere.</summary>
    public void RemoveShards()
    {
        // A file that is open cannot be removed everywhere.
        ReleaseShards();
        if (ShardFolders.Remove(_features.Output, [.. _own, .. Directory.Exists(FitsHere) ? [FitsHere] : Array.Empty<string>()]) is { } problem)
        {
            _features.Experiment.Notice(problem);
        }
    }

    public void Dispose()
    {
        ReleaseShards();
        _alone.Dispose();
    }

    private string FitsHere => ShardFolders.FitsIn(_features.Output);

    private void ReleaseShards()
    {
        while (_shards.TryPop(out var held))
        {
            held.Dispose();
        }
    }

    private static bool IsShard(string folder) => FeatureStore.Exists(PreparedExperiment.FeaturesIn(folder)) || Directory.Exists(ShardFolders.FitsIn(folder));

    private int Join(FeatureStore store, Func<string, string> nameOf) =>
        ShardFolders.Join(store, _own.Except(_from), nameOf, keep: false) + ShardFolders.Join(store, _from, nameOf, keep: true);

    private void RequireFirst()
    {
        const string Run = "run the shards that have not ended, then the same command again; 'probe run' computes here what is missing";
        Require(_store, _features.First, Run);
        if (_randomModel is not null)
        {
            Require(_randomModel, _randomModel.Manifest.Conditions, $"of the untrained network; {Run}");
        }
    }

    private void Require(FeatureStore store, IReadOnlyCollection<string> conditions, string whatToDo)
    {
        if (store.CountMissing(conditions) is > 0 and var missing)
        {
            throw new ExperimentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_features.Output}: expected all chunks of features to be there once the shards are joined; {missing} of {store.Manifest.ChunkRows.Length * conditions.Count} are missing; {whatToDo}"));
        }
    }
}
