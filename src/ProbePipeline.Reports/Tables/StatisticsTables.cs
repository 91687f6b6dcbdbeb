using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>Differences with their tests, and probe against answer row by row.</summary>
internal static class StatisticsTables
{
    public static ImmutableArray<ResultTable> Of(ExperimentResults results) =>
        [Comparisons("comparisons", results.Comparisons), Comparisons("additions", results.Additions), Steps(results), Agreements(results), Changes(results)];

    private static ResultTable Comparisons(string name, ImmutableArray<Comparison> rows) => WithTests(
        ResultTable.Of(name, rows)
            .With("condition", row => row.Condition)
            .With("against", row => row.Against)
            .With("site", row => row.Site ?? "answers")
            .With("difference", row => row.Difference)
            .With("low", row => row.Low)
            .With("high", row => row.High),
        row => row.Tests);

    private static ResultTable Steps(ExperimentResults results)
    {
        (string Condition, SiteStep Step)[] rows = [.. results.Conditions.SelectMany(pair => pair.Value.Steps.Select(step => (pair.Key, step)))];
        return WithTests(
            ResultTable.Of("steps", rows)
                .With("condition", row => row.Condition)
                .With("site", row => row.Step.Site)
                .With("previous", row => row.Step.Previous)
                .With("difference", row => row.Step.Difference)
                .With("low", row => row.Step.Low)
                .With("high", row => row.Step.High),
            row => row.Step.Tests);
    }

    private static TableOf<TRow> WithTests<TRow>(TableOf<TRow> table, Func<TRow, PairedTests?> tests) => table
        .With("signFlip", row => tests(row)?.SignFlip)
        .With("mcNemar", row => tests(row)?.McNemar)
        .With("holm", row => tests(row)?.Holm)
        .With("benjaminiHochberg", row => tests(row)?.BenjaminiHochberg)
        .With("smallestDetectable", row => tests(row)?.SmallestDetectable);

    private static ResultTable Agreements(ExperimentResults results)
    {
        (string Condition, ReadableVersusUsed Table)[] rows =
            [.. results.Conditions.Where(pair => pair.Value.ReadableVersusUsed is not null).Select(pair => (pair.Key, pair.Value.ReadableVersusUsed!))];
        return ResultTable.Of("readable-versus-used", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Table.Site)
            .With("bothRight", row => row.Table.BothRight)
            .With("onlyProbeRight", row => row.Table.OnlyProbeRight)
            .With("onlyAnswerRight", row => row.Table.OnlyAnswerRight)
            .With("neitherRight", row => row.Table.NeitherRight)
            .With("kappa", row => row.Table.Kappa)
            .With("low", row => row.Table.Low)
            .With("high", row => row.Table.High);
    }

    private static ResultTable Changes(ExperimentResults results)
    {
        (string Condition, string Against, string Of, MeasuredChange Change)[] rows =
        [
            .. from pair in results.Conditions
               let change = pair.Value.ReadableVersusUsed?.Change
               where change is not null
               from measured in new[]
               {
                   ("bothRight", change.BothRight), ("onlyProbeRight", change.OnlyProbeRight), ("onlyAnswerRight", change.OnlyAnswerRight),
                   ("neitherRight", change.NeitherRight), ("kappa", change.Kappa),
               }
               select (pair.Key, change.Against, measured.Item1, measured.Item2),
        ];
        return ResultTable.Of("readable-versus-used-changes", rows)
            .With("condition", row => row.Condition)
            .With("against", row => row.Against)
            .With("of", row => row.Of)
            .With("difference", row => row.Change.Difference)
            .With("low", row => row.Change.Low)
            .With("high", row => row.Change.High);
    }
}
