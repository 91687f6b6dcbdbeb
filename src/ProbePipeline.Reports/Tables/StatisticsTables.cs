using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>Differences with their tests, and probe against answer row by row.</summary>
internal static class StatisticsTables
{
    public static ImmutableArray<ResultTable> Of(ExperimentResults results) =>
        [Comparisons("comparisons", results.Comparisons), Comparisons("additions", results.Additions), Steps(results), Agreements(results), Changes(results)];

    private static ResultTable Comparisons(string name, ImmutableArray<Comparison> rows) => new(
        name,
        [
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("against", rows.Select(row => row.Against)),
            ResultColumn.Of("site", rows.Select(row => row.Site ?? "answers")),
            ResultColumn.Of("difference", rows.Select(row => row.Difference)),
            ResultColumn.Of("low", rows.Select(row => row.Low)),
            ResultColumn.Of("high", rows.Select(row => row.High)),
            .. Tests([.. rows.Select(row => row.Tests)]),
        ]);

    private static ResultTable Steps(ExperimentResults results)
    {
        (string Condition, SiteStep Step)[] rows = [.. results.Conditions.SelectMany(pair => pair.Value.Steps.Select(step => (pair.Key, step)))];
        return new(
            "steps",
            [
                ResultColumn.Of("condition", rows.Select(row => row.Condition)),
                ResultColumn.Of("site", rows.Select(row => row.Step.Site)),
                ResultColumn.Of("previous", rows.Select(row => row.Step.Previous)),
                ResultColumn.Of("difference", rows.Select(row => row.Step.Difference)),
                ResultColumn.Of("low", rows.Select(row => row.Step.Low)),
                ResultColumn.Of("high", rows.Select(row => row.Step.High)),
                .. Tests([.. rows.Select(row => row.Step.Tests)]),
            ]);
    }

    private static IEnumerable<ResultColumn> Tests(ImmutableArray<PairedTests?> tests) =>
    [
        ResultColumn.Of("signFlip", tests.Select(test => test?.SignFlip)),
        ResultColumn.Of("mcNemar", tests.Select(test => test?.McNemar)),
        ResultColumn.Of("holm", tests.Select(test => test?.Holm)),
        ResultColumn.Of("benjaminiHochberg", tests.Select(test => test?.BenjaminiHochberg)),
        ResultColumn.Of("smallestDetectable", tests.Select(test => test?.SmallestDetectable)),
    ];

    private static ResultTable Agreements(ExperimentResults results)
    {
        (string Condition, ReadableVersusUsed Table)[] rows =
            [.. results.Conditions.Where(pair => pair.Value.ReadableVersusUsed is not null).Select(pair => (pair.Key, pair.Value.ReadableVersusUsed!))];
        return new(
            "readable-versus-used",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Table.Site)),
            ResultColumn.Of("bothRight", rows.Select(row => row.Table.BothRight)),
            ResultColumn.Of("onlyProbeRight", rows.Select(row => row.Table.OnlyProbeRight)),
            ResultColumn.Of("onlyAnswerRight", rows.Select(row => row.Table.OnlyAnswerRight)),
            ResultColumn.Of("neitherRight", rows.Select(row => row.Table.NeitherRight)),
            ResultColumn.Of("kappa", rows.Select(row => row.Table.Kappa)),
            ResultColumn.Of("low", rows.Select(row => row.Table.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Table.High)));
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
        return new(
            "readable-versus-used-changes",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("against", rows.Select(row => row.Against)),
            ResultColumn.Of("of", rows.Select(row => row.Of)),
            ResultColumn.Of("difference", rows.Select(row => row.Change.Difference)),
            ResultColumn.Of("low", rows.Select(row => row.Change.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Change.High)));
    }
}
