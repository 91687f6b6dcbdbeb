using System.Collections.Immutable;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tables;

/// <summary>Every number of an experiment, in tables whose rows name their condition.</summary>
internal static class ResultTables
{
    public static ImmutableArray<ResultTable> Of(ExperimentResults results) =>
    [
        Answers(results),
        AnswerScores(results),
        AnswerQuestions(results),
        Probes(results),
        Sweep(results),
        Lens(results),
        .. StatisticsTables.Of(results),
        Confusions(results),
        Paths(results),
        LayerWindows(results),
        Samples(results.Samples),
        BaselineTable.Of(results),
        ZeroShot(results),
        .. ProtocolTables.Of(results),
        .. TargetTables.Of(results),
        SampleMapTable.Of(results),
        new(
            "taken",
            ResultColumn.Of("class", results.Taken.Select(row => row.Class)),
            ResultColumn.Of("found", results.Taken.Select(row => row.Found)),
            ResultColumn.Of("otherClass", results.Taken.Select(row => row.OtherClass)),
            ResultColumn.Of("small", results.Taken.Select(row => row.Small)),
            ResultColumn.Of("notDrawn", results.Taken.Select(row => row.NotDrawn)),
            ResultColumn.Of("taken", results.Taken.Select(row => row.Taken))),
        new("dropped", ResultColumn.Of("id", results.Dropped.Select(row => row.Id)), ResultColumn.Of("reason", results.Dropped.Select(row => row.Reason))),
        .. GeometryTables.Of(results),
    ];

    private static ResultTable Answers(ExperimentResults results)
    {
        (string Condition, AnswerResult Answer)[] rows =
        [
            .. results.Conditions.Where(pair => pair.Value.Answer is not null).Select(pair => (pair.Key, pair.Value.Answer!)),
            // No condition is called so: names hold no blanks.
            .. results.BlindAnswer is { } blind ? [("without the picture", blind)] : Array.Empty<(string, AnswerResult)>(),
        ];
        return new(
            "answers",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("accuracy", rows.Select(row => row.Answer.Accuracy)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Answer.TestAccuracy)),
            ResultColumn.Of("rows", rows.Select(row => row.Answer.Rows)),
            ResultColumn.Of("low", rows.Select(row => row.Answer.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Answer.High)),
            ResultColumn.Of("wilsonLow", rows.Select(row => row.Answer.WilsonLow)),
            ResultColumn.Of("wilsonHigh", rows.Select(row => row.Answer.WilsonHigh)));
    }

    private static ResultTable AnswerScores(ExperimentResults results)
    {
        (string Condition, ScoredAnswers Answers)[] rows = [.. results.Conditions.SelectMany(pair => (pair.Value.Answer?.Scores ?? []).Select(score => (pair.Key, score)))];
        return new(
            "answer-scores",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("score", rows.Select(row => row.Answers.Score)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Answers.TestAccuracy)),
            ResultColumn.Of("low", rows.Select(row => row.Answers.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Answers.High)));
    }

    private static ResultTable AnswerQuestions(ExperimentResults results)
    {
        (string Condition, QuestionAnswers Answers)[] rows = [.. results.Conditions.SelectMany(pair => (pair.Value.Answer?.Questions ?? []).Select(question => (pair.Key, question)))];
        return new(
            "answer-questions",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("question", rows.Select(row => row.Answers.Question)),
            ResultColumn.Of("rows", rows.Select(row => row.Answers.Rows)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Answers.TestAccuracy)),
            ResultColumn.Of("low", rows.Select(row => row.Answers.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Answers.High)));
    }

    private static ResultTable ZeroShot(ExperimentResults results)
    {
        ZeroShotResult[] rows = [.. results.Baselines.ZeroShot is { } named ? [named] : Array.Empty<ZeroShotResult>()];
        return new(
            "zero-shot",
            ResultColumn.Of("model", rows.Select(row => row.Model)),
            ResultColumn.Of("template", rows.Select(row => row.Template)),
            ResultColumn.Of("margin", rows.Select(row => row.Margin)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.TestAccuracy)),
            ResultColumn.Of("low", rows.Select(row => row.Low)),
            ResultColumn.Of("high", rows.Select(row => row.High)));
    }

    // The baseline on pixels is a probe like the others: it stands with them, under no condition.
    private static ResultTable Probes(ExperimentResults results)
    {
        (string Condition, ProbeResult Probe)[] rows =
            [.. results.Conditions.SelectMany(pair => pair.Value.Probes.Select(probe => (pair.Key, probe))), ("", results.Baselines.Pixels)];
        return new(
            "probes",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Probe.Site)),
            ResultColumn.Of("tower", rows.Select(row => row.Probe.Tower)),
            ResultColumn.Of("layer", rows.Select(row => row.Probe.Layer)),
            ResultColumn.Of("onPath", rows.Select(row => row.Probe.OnPath)),
            ResultColumn.Of("l2", rows.Select(row => row.Probe.L2)),
            ResultColumn.Of("validationAccuracy", rows.Select(row => row.Probe.ValidationAccuracy)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Probe.TestAccuracy)),
            ResultColumn.Of("low", rows.Select(row => row.Probe.Low)),
            ResultColumn.Of("high", rows.Select(row => row.Probe.High)),
            ResultColumn.Of("wilsonLow", rows.Select(row => row.Probe.WilsonLow)),
            ResultColumn.Of("wilsonHigh", rows.Select(row => row.Probe.WilsonHigh)),
            ResultColumn.Of("controlAccuracy", rows.Select(row => row.Probe.ControlAccuracy)),
            ResultColumn.Of("controlDeviation", rows.Select(row => row.Probe.ControlDeviation)),
            ResultColumn.Of("selectivity", rows.Select(row => row.Probe.Selectivity)),
            ResultColumn.Of("majority", rows.Select(row => row.Probe.Majority)),
            ResultColumn.Of("macroF1", rows.Select(row => row.Probe.MacroF1)),
            ResultColumn.Of("logLoss", rows.Select(row => row.Probe.LogLoss)),
            ResultColumn.Of("balancedAccuracy", rows.Select(row => row.Probe.BalancedAccuracy)),
            ResultColumn.Of("calibrationError", rows.Select(row => row.Probe.CalibrationError)),
            ResultColumn.Of("brier", rows.Select(row => row.Probe.Brier)),
            ResultColumn.Of("areaUnderRoc", rows.Select(row => row.Probe.AreaUnderRoc)),
            ResultColumn.Of("chance", rows.Select(_ => results.Baselines.Chance)));
    }

    private static ResultTable Sweep(ExperimentResults results)
    {
        (string Condition, ProbeResult Probe)[] probes =
            [.. results.Conditions.SelectMany(pair => pair.Value.Probes.Select(probe => (pair.Key, probe))), ("", results.Baselines.Pixels)];
        (string Condition, string Site, SweepPoint Point, bool Chosen)[] rows =
            [.. probes.SelectMany(row => row.Probe.Sweep.Select(point => (row.Condition, row.Probe.Site, point, point.L2 == row.Probe.L2)))];
        return new(
            "sweep",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Site)),
            ResultColumn.Of("l2", rows.Select(row => row.Point.L2)),
            ResultColumn.Of("validationAccuracy", rows.Select(row => row.Point.ValidationAccuracy)),
            ResultColumn.Of("testAccuracy", rows.Select(row => row.Point.TestAccuracy)),
            ResultColumn.Of("chosen", rows.Select(row => row.Chosen)));
    }

    private static ResultTable Lens(ExperimentResults results)
    {
        (string Condition, LensResult Lens)[] rows = [.. results.Conditions.SelectMany(pair => pair.Value.Lens.Select(lens => (pair.Key, lens)))];
        return new(
            "lens",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("layer", rows.Select(row => row.Lens.Layer)),
            ResultColumn.Of("medianRank", rows.Select(row => row.Lens.MedianRank)),
            ResultColumn.Of("top1", rows.Select(row => row.Lens.Top1)),
            ResultColumn.Of("meanReciprocalRank", rows.Select(row => row.Lens.MeanReciprocalRank)),
            ResultColumn.Of("otherMedianRank", rows.Select(row => row.Lens.OtherMedianRank)),
            ResultColumn.Of("otherTop1", rows.Select(row => row.Lens.OtherTop1)),
            ResultColumn.Of("otherMeanReciprocalRank", rows.Select(row => row.Lens.OtherMeanReciprocalRank)));
    }

    private static ResultTable Confusions(ExperimentResults results)
    {
        (Confusion Confusion, int Label, int Predicted, int Count)[] rows =
        [
            .. from confusion in results.Confusions
               from label in Enumerable.Range(0, confusion.Counts.Length)
               from predicted in Enumerable.Range(0, confusion.Counts[label].Length)
               select (confusion, label, predicted, confusion.Counts[label][predicted]),
        ];
        return new(
            "confusions",
            ResultColumn.Of("condition", rows.Select(row => row.Confusion.Condition)),
            ResultColumn.Of("site", rows.Select(row => row.Confusion.Site)),
            ResultColumn.Of("label", rows.Select(row => results.Classes[row.Label])),
            ResultColumn.Of("predicted", rows.Select(row => results.Classes[row.Predicted])),
            ResultColumn.Of("count", rows.Select(row => row.Count)));
    }

    private static ResultTable Paths(ExperimentResults results)
    {
        (string Condition, RemainingPath Path)[] rows = [.. results.Conditions.SelectMany(pair => pair.Value.RemainingPaths.Select(path => (pair.Key, path)))];
        return new(
            "paths",
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("tower", rows.Select(row => row.Path.Tower)),
            ResultColumn.Of("from", rows.Select(row => row.Path.From)),
            ResultColumn.Of("to", rows.Select(row => row.Path.To)),
            ResultColumn.Of("through", rows.Select(row => row.Path.Through)));
    }

    private static ResultTable LayerWindows(ExperimentResults results)
    {
        (LayerSweepResult Sweep, LayerWindowResult Window)[] rows = [.. results.Sweeps.SelectMany(sweep => sweep.Windows.Select(window => (sweep, window)))];
        return new(
            "windows",
            ResultColumn.Of("sweep", rows.Select(row => row.Sweep.Name)),
            ResultColumn.Of("tower", rows.Select(row => row.Sweep.Tower)),
            ResultColumn.Of("block", rows.Select(row => row.Sweep.Block)),
            ResultColumn.Of("first", rows.Select(row => row.Window.First)),
            ResultColumn.Of("last", rows.Select(row => row.Window.Last)),
            ResultColumn.Of("against", rows.Select(row => row.Sweep.Against)),
            ResultColumn.Of("answers", rows.Select(row => row.Window.Answer?.TestAccuracy)),
            ResultColumn.Of("answersLow", rows.Select(row => row.Window.Answer?.Low)),
            ResultColumn.Of("answersHigh", rows.Select(row => row.Window.Answer?.High)),
            ResultColumn.Of("answersDifference", rows.Select(row => row.Window.AnswerDifference?.Difference)),
            ResultColumn.Of("answersDifferenceLow", rows.Select(row => row.Window.AnswerDifference?.Low)),
            ResultColumn.Of("answersDifferenceHigh", rows.Select(row => row.Window.AnswerDifference?.High)),
            ResultColumn.Of("answersSignFlip", rows.Select(row => row.Window.AnswerDifference?.Tests?.SignFlip)),
            ResultColumn.Of("answersHolm", rows.Select(row => row.Window.AnswerDifference?.Tests?.Holm)),
            ResultColumn.Of("site", rows.Select(row => row.Sweep.Site ?? "")),
            ResultColumn.Of("probe", rows.Select(row => row.Window.Probe?.TestAccuracy)),
            ResultColumn.Of("probeLow", rows.Select(row => row.Window.Probe?.Low)),
            ResultColumn.Of("probeHigh", rows.Select(row => row.Window.Probe?.High)),
            ResultColumn.Of("probeDifference", rows.Select(row => row.Window.ProbeDifference?.Difference)),
            ResultColumn.Of("probeDifferenceLow", rows.Select(row => row.Window.ProbeDifference?.Low)),
            ResultColumn.Of("probeDifferenceHigh", rows.Select(row => row.Window.ProbeDifference?.High)),
            ResultColumn.Of("probeSignFlip", rows.Select(row => row.Window.ProbeDifference?.Tests?.SignFlip)),
            ResultColumn.Of("probeHolm", rows.Select(row => row.Window.ProbeDifference?.Tests?.Holm)));
    }

    private static ResultTable Samples(ImmutableArray<SampleRow> samples)
    {
        (SampleRow Row, string Condition, string Answer)[] rows = [.. samples.SelectMany(row => row.Answers.Select(answer => (row, answer.Key, answer.Value)))];
        return new(
            "samples",
            ResultColumn.Of("id", rows.Select(row => row.Row.Id)),
            ResultColumn.Of("question", rows.Select(row => row.Row.Question)),
            ResultColumn.Of("label", rows.Select(row => row.Row.Label)),
            ResultColumn.Of("condition", rows.Select(row => row.Condition)),
            ResultColumn.Of("answer", rows.Select(row => row.Answer)),
            ResultColumn.Of("written", rows.Select(row => row.Row.Written.GetValueOrDefault(row.Condition, ""))));
    }
}
