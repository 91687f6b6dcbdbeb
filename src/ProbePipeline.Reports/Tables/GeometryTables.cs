using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>The numbers of transfer between conditions, erasure and directions, in tables.</summary>
internal static class GeometryTables
{
    public static ImmutableArray<ResultTable> Of(ExperimentResults results) =>
        [Transfers(results.CrossCondition?.Transfers ?? []), Similarities(results.CrossCondition?.Similarities ?? []), Erasures(results.Erasures), Nullspace(results.Directions)];

    private static ResultTable Transfers(ImmutableArray<Transfer> rows) => ResultTable.Of("transfers", rows)
        .With("trained", row => row.Trained)
        .With("tested", row => row.Tested)
        .With("site", row => row.Site)
        .With("accuracy", row => row.Accuracy)
        .With("low", row => row.Low)
        .With("high", row => row.High)
        .With("difference", row => row.Difference)
        .With("differenceLow", row => row.DifferenceLow)
        .With("differenceHigh", row => row.DifferenceHigh);

    private static ResultTable Similarities(ImmutableArray<ConditionSimilarity> rows) => ResultTable.Of("similarities", rows)
        .With("condition", row => row.Condition)
        .With("against", row => row.Against)
        .With("site", row => row.Site)
        .With("cosine", row => row.Cosine)
        .With("cka", row => row.Cka);

    private static ResultTable Erasures(ImmutableArray<ErasureResult> rows) => ResultTable.Of("erasures", rows)
        .With("condition", row => row.Condition)
        .With("site", row => row.Site)
        .With("rank", row => row.Rank)
        .With("before", row => row.Before)
        .With("sameProbe", row => row.SameProbe)
        .With("after", row => row.After)
        .With("low", row => row.Low)
        .With("high", row => row.High)
        .With("majority", row => row.Majority)
        .With("otherField", row => row.Other?.Field ?? "")
        .With("otherBefore", row => row.Other?.Before)
        .With("otherAfter", row => row.Other?.After)
        .With("otherLow", row => row.Other?.Low)
        .With("otherHigh", row => row.Other?.High)
        .With("otherMajority", row => row.Other?.Majority);

    private static ResultTable Nullspace(ImmutableArray<DirectionResult> directions)
    {
        (DirectionResult Found, NullspaceStep Step)[] rows = [.. directions.SelectMany(found => found.Nullspace.Select(step => (found, step)))];
        return ResultTable.Of("nullspace", rows)
            .With("condition", row => row.Found.Condition)
            .With("site", row => row.Found.Site)
            .With("file", row => row.Found.File)
            .With("removed", row => row.Step.Removed)
            .With("validationAccuracy", row => row.Step.ValidationAccuracy)
            .With("testAccuracy", row => row.Step.TestAccuracy)
            .With("low", row => row.Step.Low)
            .With("high", row => row.Step.High);
    }
}
