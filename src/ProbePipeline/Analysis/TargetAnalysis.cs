using System.Collections.Immutable;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Targets;

namespace ProbePipeline.Analysis;

/// <summary>Reads the other targets at every site under every condition.</summary>
/// <param name="Study">Splits, penalties, trainer and intervals.</param>
/// <param name="Targets">What is read.</param>
/// <param name="Store">The features.</param>
/// <param name="Sites">Where they were read.</param>
/// <param name="Conditions">The conditions.</param>
internal sealed record TargetAnalysis(ProbeStudy Study, OtherTargets Targets, FeatureStore Store, ImmutableArray<ProbeSite> Sites, ImmutableArray<string> Conditions)
{
    /// <param name="progress">Is told how many sites are done, of how many.</param>
    /// <param name="cancellation">Stops between fits.</param>
    public (ImmutableArray<NumericTargetResult> Numbers, ImmutableArray<LabelSetResult> LabelSets) Run(Action<int, int> progress, CancellationToken cancellation)
    {
        if (!Targets.Any)
        {
            return ([], []);
        }

        var places = Conditions.SelectMany(condition => Sites.Select(site => (Condition: condition, Site: site))).ToArray();
        var read = SideBySide.Run(
            places,
            place =>
            {
                var states = Store.States(place.Condition, place.Site.Site);
                return (
                    Numbers: Targets.Numbers.Select(target => new NumericStudy(Study, target).Run(place.Condition, place.Site, states)).ToArray(),
                    LabelSets: Targets.LabelSets.Select(target => new LabelSetStudy(Study, target).Run(place.Condition, place.Site, states, cancellation)).ToArray());
            },
            progress,
            cancellation);
        return ([.. Targets.Numbers.SelectMany((_, target) => read.Select(place => place.Numbers[target]))], [.. read.SelectMany(place => place.LabelSets)]);
    }
}
