using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>The numbers of transfer between conditions, erasure and directions, in tables.</summary>
internal static class GeometryTables
{
    public static ImmutableArray<ResultTable> Of(ExperimentResults results) =>
        [Transfers(results.CrossCondition?.Transfers ?? []), Similarities(results.CrossCondition?.Similarities ?? []), Erasures(results.Erasures), Nullspace(results.Directions)];

    private static ResultTable Transfers(ImmutableArray<Transfer> rows) => new(
        "transfers",
        ResultColumn.Of("trained", rows.Select(row => row.Trained)),
        ResultColumn.Of("tested", rows.Select(row => row.Tested)),
        ResultColumn.Of("site", rows.Select(row => row.Site)),
        ResultColumn.Of("accuracy", rows.Select(row => row.Accuracy)),
        ResultColumn.Of("low", rows.Select(row => row.Low)),
        ResultColumn.Of("high", rows.Select(row => row.High)),
        ResultColumn.Of("difference", rows.Select(row => row.Difference)),
        ResultColumn.Of("differenceLow", rows.Select(row => row.DifferenceLow)),
        ResultColumn.Of("differenceHigh", rows.Select(row => row.DifferenceHigh)));

    private static ResultTable Similarities(ImmutableArray<ConditionSimilarity> rows) => new(
        "similarities",
        ResultColumn.Of("condition", rows.Select(row => row.Condition)),
        ResultColumn.Of("against", rows.Select(row => row.Against)),
        ResultColumn.Of("site", rows.Select(row => row.Site)),
        ResultColumn.Of("cosine", rows.Select(row => row.Cosine)),
        ResultColumn.Of("cka", rows.Select(row => row.Cka)));

    private static ResultTable Erasures(ImmutableArray<ErasureResult> rows) => new(
        "erasures",
        ResultColumn.Of("condition", rows.Select(row => row.Condition)),
        ResultColumn.Of("site", rows.Select(row => row.Site)),
        ResultColumn.Of("rank", rows.Select(row => row.Rank)),
        ResultColumn.Of("before", rows.Select(row => row.Before)),
        ResultColumn.Of("sameProbe", rows.Select(row => row.SameProbe)),
        ResultColumn.Of("after", rows.Select(row => row.After)),
        ResultColumn.Of("low", rows.Select(row => row.Low)),
        ResultColumn.Of("high", rows.Select(row => row.High)),
        ResultColumn.Of("majority", rows.Select(row => row.Majority)),
        ResultColumn.Of("otherField", rows.Select(row => row.Other?.Field ?? "")),
        ResultColumn.Of("otherBefore", rows.Select(row => row.Other?.Before)),
        ResultColumn.Of("otherAfter", rows.Select(row => row.Other?.After)),
        ResultColumn.Of("otherLow", rows.Select(row => row.Other?.Low)),
        ResultColumn.Of("otherHigh", rows.Select(row => row.Other?.High)),
        ResultColumn.Of("otherMajority", rows.Select(row => row.Other?.Majority)));

    private static ResultTable Nullspace(ImmutableArray<DirectionResult> directions)
    {
        (DirectionResult Found, NullspaceStep Step)[] rows = [.. directions.SelectMany(found => found.Nullspace.Select(step => (found, step)))];
        return new(
            "nullspace",
            ResultColumn.Of("condition", rows.Select(row => row.Found.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Found.Site)),
            ResultColumn.Of("file", rows.Select(row => row.Found.File)),
            ResultColumn.Of("removed", rows.Select(row => row.Step.Removed)),
            ResultColumn.Of("validationAccuracy", rows.Select(row => row.Step.ValidationAccuracy)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Step.TestAccuracy)),
            ResultColumn.Of("low", rows.Select(row => row.Step.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Step.High)));
    }
}
