using System.Collections.Immutable;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Conditions;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Analysis;

/// <summary>Probes of one condition on the states of another, and how alike the states are, site by site.</summary>
/// <param name="Task">What probes predict.</param>
/// <param name="Store">The features.</param>
/// <param name="Probes">The probes by condition, all in the order of the sites.</param>
internal sealed record CrossConditionAnalysis(ProbeTask Task, FeatureStore Store, ImmutableDictionary<string, ImmutableArray<ProbeOutcome>> Probes)
{
    // Without those of layer windows, which have a probe at one site alone.
    private ImmutableArray<string> Conditions { get; } = [.. Store.Manifest.Conditions.Where(Probes.ContainsKey)];

    /// <param name="matrixSites">Where every pair of conditions is tried.</param>
    /// <param name="similarity">Whether states are compared too.</param>
    /// <param name="progress">Is told how many sites are done, of how many.</param>
    /// <param name="cancellation">Stops between sites.</param>
    /// <returns>Null where there is nothing to hold against each other.</returns>
    public CrossCondition? Run(ImmutableArray<string> matrixSites, bool similarity, Action<int, int> progress, CancellationToken cancellation)
    {
        if (Conditions.Length < 2)
        {
            return null;
        }

        var sites = SideBySide.Run(
            [.. Enumerable.Range(0, Probes[Conditions[0]].Length)], place => OfSite(place, matrixSites, similarity), progress, cancellation);
        return new CrossCondition
        {
            MatrixSites = matrixSites,
            Transfers = [.. sites.SelectMany(site => site.Transfers)],
            Similarities = [.. sites.SelectMany(site => site.Similarities)],
        };
    }

    private (ImmutableArray<Transfer> Transfers, ImmutableArray<ConditionSimilarity> Similarities) OfSite(int place, ImmutableArray<string> matrixSites, bool similarity)
    {
        var transfers = ImmutableArray.CreateBuilder<Transfer>();
        var similarities = ImmutableArray.CreateBuilder<ConditionSimilarity>();
        var transfer = new ProbeTransfer(Task.Rows, Task.Bootstrap);
        var site = Probes[Conditions[0]][place].Result.Site;
        var isMatrix = matrixSites.Contains(site);
        var first = Store.States(Conditions[0], site);
        foreach (var condition in Conditions)
        {
            var states = condition == Conditions[0] ? first : Store.States(condition, site);
            transfers.AddRange(Conditions.Where(trained => isMatrix || (trained == Conditions[0] && condition != trained))
                .Select(trained => transfer.Run((trained, Probes[trained][place]), (condition, Probes[condition][place]), states)));
            if (similarity && condition != Conditions[0])
            {
                similarities.Add(new ConditionSimilarity(
                    condition, Conditions[0], site, MeanCosine.Of(states, first, Task.Rows.Test), LinearCka.Of(states, first, Task.Rows.Test)));
            }
        }

        return (transfers.ToImmutable(), similarities.ToImmutable());
    }
}
