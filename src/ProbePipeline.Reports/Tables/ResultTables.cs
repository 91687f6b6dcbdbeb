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
        ResultTable.Of("taken", results.Taken)
            .With("class", row => row.Class)
            .With("found", row => row.Found)
            .With("otherClass", row => row.OtherClass)
            .With("small", row => row.Small)
            .With("notDrawn", row => row.NotDrawn)
            .With("taken", row => row.Taken),
        ResultTable.Of("dropped", results.Dropped).With("id", row => row.Id).With("reason", row => row.Reason),
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
        return ResultTable.Of("answers", rows)
            .With("condition", row => row.Condition)
            .With("accuracy", row => row.Answer.Accuracy)
            .With("testAccuracy", row => row.Answer.TestAccuracy)
            .With("rows", row => row.Answer.Rows)
            .With("low", row => row.Answer.Low)
            .With("high", row => row.Answer.High)
            .With("wilsonLow", row => row.Answer.WilsonLow)
            .With("wilsonHigh", row => row.Answer.WilsonHigh);
    }

    private static ResultTable AnswerScores(ExperimentResults results)
    {
        (string Condition, ScoredAnswers Answers)[] rows = [.. results.Conditions.SelectMany(pair => (pair.Value.Answer?.Scores ?? []).Select(score => (pair.Key, score)))];
        return ResultTable.Of("answer-scores", rows)
            .With("condition", row => row.Condition)
            .With("score", row => row.Answers.Score)
            .With("testAccuracy", row => row.Answers.TestAccuracy)
            .With("low", row => row.Answers.Low)
            .With("high", row => row.Answers.High);
    }

    private static ResultTable AnswerQuestions(ExperimentResults results)
    {
        (string Condition, QuestionAnswers Answers)[] rows = [.. results.Conditions.SelectMany(pair => (pair.Value.Answer?.Questions ?? []).Select(question => (pair.Key, question)))];
        return ResultTable.Of("answer-questions", rows)
            .With("condition", row => row.Condition)
            .With("question", row => row.Answers.Question)
            .With("rows", row => row.Answers.Rows)
            .With("testAccuracy", row => row.Answers.TestAccuracy)
            .With("low", row => row.Answers.Low)
            .With("high", row => row.Answers.High);
    }

    private static ResultTable ZeroShot(ExperimentResults results)
    {
        ZeroShotResult[] rows = [.. results.Baselines.ZeroShot is { } named ? [named] : Array.Empty<ZeroShotResult>()];
        return ResultTable.Of("zero-shot", rows)
            .With("model", row => row.Model)
            .With("template", row => row.Template)
            .With("margin", row => row.Margin)
            .With("testAccuracy", row => row.TestAccuracy)
            .With("low", row => row.Low)
            .With("high", row => row.High);
    }

    private static ResultTable Probes(ExperimentResults results) =>
        ResultTable.Of("probes", results.ProbesAndPixels())
            .With("condition", row => row.Condition)
            .With("site", row => row.Probe.Site)
            .With("tower", row => row.Probe.Tower)
            .With("layer", row => row.Probe.Layer)
            .With("onPath", row => row.Probe.OnPath)
            .With("l2", row => row.Probe.L2)
            .With("validationAccuracy", row => row.Probe.ValidationAccuracy)
            .With("testAccuracy", row => row.Probe.TestAccuracy)
            .With("low", row => row.Probe.Low)
            .With("high", row => row.Probe.High)
            .With("wilsonLow", row => row.Probe.WilsonLow)
            .With("wilsonHigh", row => row.Probe.WilsonHigh)
            .With("controlAccuracy", row => row.Probe.ControlAccuracy)
            .With("controlDeviation", row => row.Probe.ControlDeviation)
            .With("selectivity", row => row.Probe.Selectivity)
            .With("majority", row => row.Probe.Majority)
            .With("macroF1", row => row.Probe.MacroF1)
            .With("logLoss", row => row.Probe.LogLoss)
            .With("balancedAccuracy", row => row.Probe.BalancedAccuracy)
            .With("calibrationError", row => row.Probe.CalibrationError)
            .With("brier", row => row.Probe.Brier)
            .With("areaUnderRoc", row => row.Probe.AreaUnderRoc)
            .With("chance", _ => results.Baselines.Chance);

    private static ResultTable Sweep(ExperimentResults results)
    {
        (string Condition, string Site, SweepPoint Point, bool Chosen)[] rows =
            [.. results.ProbesAndPixels().SelectMany(row => row.Probe.Sweep.Select(point => (row.Condition, row.Probe.Site, point, point.L2 == row.Probe.L2)))];
        return ResultTable.Of("sweep", rows)
            .With("condition", row => row.Condition)
            .With("site", row => row.Site)
            .With("l2", row => row.Point.L2)
            .With("validationAccuracy", row => row.Point.ValidationAccuracy)
            .With("testAccuracy", row => row.Point.TestAccuracy)
            .With("chosen", row => row.Chosen);
    }

    private static ResultTable Lens(ExperimentResults results)
    {
        (string Condition, LensResult Lens)[] rows = [.. results.Conditions.SelectMany(pair => pair.Value.Lens.Select(lens => (pair.Key, lens)))];
        return ResultTable.Of("lens", rows)
            .With("condition", row => row.Condition)
            .With("layer", row => row.Lens.Layer)
            .With("medianRank", row => row.Lens.MedianRank)
            .With("top1", row => row.Lens.Top1)
            .With("meanReciprocalRank", row => row.Lens.MeanReciprocalRank)
            .With("otherMedianRank", row => row.Lens.OtherMedianRank)
            .With("otherTop1", row => row.Lens.OtherTop1)
            .With("otherMeanReciprocalRank", row => row.Lens.OtherMeanReciprocalRank);
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
        return ResultTable.Of("confusions", rows)
            .With("condition", row => row.Confusion.Condition)
            .With("site", row => row.Confusion.Site)
            .With("label", row => results.Classes[row.Label])
            .With("predicted", row => results.Classes[row.Predicted])
            .With("count", row => row.Count);
    }

    private static ResultTable Paths(ExperimentResults results)
    {
        (string Condition, RemainingPath Path)[] rows = [.. results.Conditions.SelectMany(pair => pair.Value.RemainingPaths.Select(path => (pair.Key, path)))];
        return ResultTable.Of("paths", rows)
            .With("condition", row => row.Condition)
            .With("tower", row => row.Path.Tower)
            .With("from", row => row.Path.From)
            .With("to", row => row.Path.To)
            .With("through", row => row.Path.Through);
    }

    private static ResultTable LayerWindows(ExperimentResults results)
    {
        (LayerSweepResult Sweep, LayerWindowResult Window)[] rows = [.. results.Sweeps.SelectMany(sweep => sweep.Windows.Select(window => (sweep, window)))];
        var windows = ResultTable.Of("windows", rows)
            .With("sweep", row => row.Sweep.Name)
            .With("tower", row => row.Sweep.Tower)
            .With("block", row => row.Sweep.Block)
            .With("first", row => row.Window.First)
            .With("last", row => row.Window.Last)
            .With("against", row => row.Sweep.Against)
            .With("answers", row => row.Window.Answer?.TestAccuracy)
            .With("answersLow", row => row.Window.Answer?.Low)
            .With("answersHigh", row => row.Window.Answer?.High);
        var answers = WithDifference(windows, "answers", row => row.Window.AnswerDifference)
            .With("site", row => row.Sweep.Site ?? "")
            .With("probe", row => row.Window.Probe?.TestAccuracy)
            .With("probeLow", row => row.Window.Probe?.Low)
            .With("probeHigh", row => row.Window.Probe?.High);
        return WithDifference(answers, "probe", row => row.Window.ProbeDifference);
    }

    private static TableOf<TRow> WithDifference<TRow>(TableOf<TRow> table, string of, Func<TRow, Comparison?> difference) => table
        .With($"{of}Difference", row => difference(row)?.Difference)
        .With($"{of}DifferenceLow", row => difference(row)?.Low)
        .With($"{of}DifferenceHigh", row => difference(row)?.High)
        .With($"{of}SignFlip", row => difference(row)?.Tests?.SignFlip)
        .With($"{of}Holm", row => difference(row)?.Tests?.Holm);

    private static ResultTable Samples(ImmutableArray<SampleRow> samples)
    {
        (SampleRow Row, string Condition, string Answer)[] rows = [.. samples.SelectMany(row => row.Answers.Select(answer => (row, answer.Key, answer.Value)))];
        return ResultTable.Of("samples", rows)
            .With("id", row => row.Row.Id)
            .With("question", row => row.Row.Question)
            .With("label", row => row.Row.Label)
            .With("condition", row => row.Condition)
            .With("answer", row => row.Answer)
            .With("written", row => row.Row.Written.GetValueOrDefault(row.Condition, ""));
    }
}
