using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tests;

/// <summary>Transfer, erasure and directions for <see cref="ReferenceStudy"/>, made up from its accuracies by simple formulas.</summary>
internal static class ReferenceGeometry
{
    private static readonly string[] MatrixSites = ["vision.resid_post.4", "language.resid_post.3"];

    public static CrossCondition CrossCondition(OrderedDictionary<string, ConditionResults> conditions) => new()
    {
        MatrixSites = [.. MatrixSites],
        Transfers =
        [
            .. from site in conditions["intact"].Probes.Select(probe => probe.Site)
               from tested in conditions.Keys
               from trained in conditions.Keys
               where MatrixSites.Contains(site) || (trained == "intact" && tested != trained)
               select Transfer(conditions, trained, tested, site),
        ],
        Similarities =
        [
            .. from probe in conditions["intact"].Probes
               from condition in conditions.Keys.Skip(1)
               let distance = conditions.IndexOf(condition) * (1 + Math.Max(0, probe.Layer))
               select new ConditionSimilarity(condition, "intact", probe.Site, 1 - (0.05 * distance), condition == "both-cut" && probe.Layer == 0 ? null : 1 - (0.03 * distance)),
        ],
    };

    public static ImmutableArray<ErasureResult> Erasures(OrderedDictionary<string, ConditionResults> conditions) =>
    [
        .. from condition in conditions
           from probe in condition.Value.Probes
           select new ErasureResult
           {
               Condition = condition.Key,
               Site = probe.Site,
               Rank = 14,
               Before = probe.TestAccuracy,
               SameProbe = 0.0625,
               After = 0.075,
               Low = 0.05,
               High = 0.1,
               Majority = 0.0791667,
               Other = new ErasureResult.OtherField("color", 0.986, 0.972, -0.042, 0.014, 0.153),
           },
    ];

    public static ImmutableArray<DirectionResult> Directions =>
    [
        new("intact", MatrixSites[0], $"directions/intact.{MatrixSites[0]}.safetensors", [new(0, 0.95, 0.93, 0.9, 0.96), new(14, 0.5, 0.46, 0.4, 0.5), new(28, 0.07, 0.08, 0.05, 0.11)]),
        new("vision-cut", MatrixSites[0], $"directions/vision-cut.{MatrixSites[0]}.safetensors", [new(0, 0.06, 0.07, 0.05, 0.09)]),
    ];

    private static Transfer Transfer(OrderedDictionary<string, ConditionResults> conditions, string trained, string tested, string site)
    {
        var own = conditions[tested].Probes.Single(probe => probe.Site == site).TestAccuracy;
        var loss = 0.04 * Math.Abs(conditions.IndexOf(trained) - conditions.IndexOf(tested));
        var half = trained == tested ? 0 : 0.02;
        return new Transfer(trained, tested, site, own - loss, own - loss - 0.02, own - loss + 0.02, -loss, -loss - half, -loss + half);
    }
}
