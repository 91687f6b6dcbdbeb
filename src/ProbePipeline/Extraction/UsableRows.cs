using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Options;

namespace ProbePipeline.Extraction;

/// <summary>An experiment and its features without the rows that are dropped because a state of theirs is not finite.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Store">Its features.</param>
/// <param name="RandomModel">Those of an untrained network; null: there are none.</param>
/// <param name="Kept">Rows with such states that are kept, each in words.</param>
internal sealed record UsableRows(PreparedExperiment Experiment, FeatureStore Store, FeatureStore? RandomModel, ImmutableArray<string> Kept)
{
    /// <param name="experiment">The experiment with all rows.</param>
    /// <param name="store">Its features.</param>
    /// <param name="conditions">The conditions that are there by now.</param>
    /// <param name="randomModel">Those of an untrained network; null: there are none.</param>
    /// <exception cref="ExperimentException">More rows are dropped than may be.</exception>
    public static UsableRows Of(PreparedExperiment experiment, FeatureStore store, IEnumerable<string> conditions, FeatureStore? randomModel = null)
    {
        var policy = experiment.Options.Capture.NotFinite;
        if (policy == NotFinite.Stop)
        {
            return new(experiment, store, randomModel, []);
        }

        var odd = Odd(store, conditions).ToBuilder();
        foreach (var (row, reason) in randomModel is null ? ImmutableSortedDictionary<int, string>.Empty : Odd(randomModel, randomModel.Manifest.Conditions))
        {
            odd.TryAdd(row, $"untrained network, {reason}");
        }

        if (policy == NotFinite.Keep || odd.Count == 0)
        {
            return new(experiment, store, randomModel, [.. odd.Values]);
        }

        var places = odd.Keys.ToImmutableHashSet();
        return new(experiment.Without(odd.ToImmutable()), store.Without(places), randomModel?.Without(places), []);

        ImmutableSortedDictionary<int, string> Odd(FeatureStore of, IEnumerable<string> under) => NotFiniteStates.In(of, under, experiment.Extraction.StatesOf(of.Manifest));
    }
}
