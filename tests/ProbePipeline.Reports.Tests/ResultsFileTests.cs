using System.Text.Json;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Reports.Tests;

public sealed class ResultsFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Stored => _folder.File(ResultsFile.Name);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_ThenRead_GivesTheSameBytesAgain()
    {
        ResultsFile.Write(Stored, ReferenceStudy.Results);
        var again = _folder.File("again.json");
        ResultsFile.Write(again, ResultsFile.Read(Stored));

        Assert.Equal(File.ReadAllBytes(Stored), File.ReadAllBytes(again));
    }

    [Fact]
    public void Read_WhatWasWritten_GivesEveryValueAndTheOrderOfConditions()
    {
        ResultsFile.Write(Stored, ReferenceStudy.Results);
        var read = ResultsFile.Read(Stored);

        Assert.Equal(["intact", "vision-cut", "decoder-cut", "both-cut", "region-only"], read.Conditions.Keys);
        Assert.Equal(0.9819444444444444, read.Conditions["intact"].Answer!.TestAccuracy);
        Assert.Equal(ReferenceStudy.Results.Conditions["vision-cut"].Lens, read.Conditions["vision-cut"].Lens);
        Assert.Equal(ReferenceStudy.Results.Comparisons, read.Comparisons);
        Assert.Equal(ReferenceStudy.Results.CrossCondition!.Transfers, read.CrossCondition!.Transfers);
        Assert.Equal(ReferenceStudy.Results.CrossCondition.Similarities, read.CrossCondition.Similarities);
        Assert.Equal(ReferenceStudy.Results.Erasures, read.Erasures);
        Assert.Equal<NullspaceStep>(ReferenceStudy.Results.Directions[0].Nullspace, read.Directions[0].Nullspace);
        Assert.Equal(ReferenceStudy.Results.Split, read.Split);
        Assert.Equal<byte>(ReferenceStudy.Results.Samples[1].Png, read.Samples[1].Png);
        Assert.Equal(ReferenceStudy.Results.Provenance.Seeds, read.Provenance.Seeds);
        Assert.False(read.Conditions["intact"].Probes[5].OnPath);
    }

    [Fact]
    public void Write_Properties_AreNamedAsTheFormSays()
    {
        ResultsFile.Write(Stored, ReferenceStudy.Results);
        using var json = JsonDocument.Parse(File.ReadAllBytes(Stored));
        var root = json.RootElement;
        var intact = root.GetProperty("conditions").GetProperty("intact");

        Assert.Equal(
            [
                "schemaVersion", "name", "note", "rows", "images", "taken", "split", "classes", "trainer", "refit", "baselines", "conditions", "blindAnswer", "guessedAnswers", "sweeps", "comparisons", "additions", "crossCondition", "erasures", "directions",
                "confusions", "samples", "sampleMaps", "dropped", "remarks", "numericTargets", "labelSets", "savedProbes", "regions", "provenance",
            ],
            Names(root));
        Assert.Equal(["matrixSites", "transfers", "similarities"], Names(root.GetProperty("crossCondition")));
        Assert.Equal(
            ["trained", "tested", "site", "accuracy", "low", "high", "difference", "differenceLow", "differenceHigh"], Names(root.GetProperty("crossCondition").GetProperty("transfers")[0]));
        Assert.Equal(["condition", "against", "site", "cosine", "cka"], Names(root.GetProperty("crossCondition").GetProperty("similarities")[0]));
        Assert.Equal(["condition", "site", "rank", "before", "sameProbe", "after", "low", "high", "majority", "other"], Names(root.GetProperty("erasures")[0]));
        Assert.Equal(["field", "before", "after", "low", "high", "majority"], Names(root.GetProperty("erasures")[0].GetProperty("other")));
        Assert.Equal(["condition", "site", "file", "nullspace"], Names(root.GetProperty("directions")[0]));
        Assert.Equal(["removed", "validationAccuracy", "testAccuracy", "low", "high"], Names(root.GetProperty("directions")[0].GetProperty("nullspace")[0]));
        Assert.Equal(["blocks", "changes", "remainingPaths", "answer", "probes", "steps", "readableVersusUsed", "lens"], Names(intact));
        Assert.Equal(["accuracy", "testAccuracy", "rows", "low", "high", "wilsonLow", "wilsonHigh", "scores", "questions"], Names(intact.GetProperty("answer")));
        Assert.Equal(
            [
                "site", "tower", "layer", "onPath", "l2", "validationAccuracy", "testAccuracy", "low", "high", "wilsonLow", "wilsonHigh", "controlAccuracy", "controlDeviation", "selectivity", "majority",
                "macroF1", "logLoss", "balancedAccuracy", "calibrationError", "brier", "areaUnderRoc", "sweep", "folds", "repeats", "learningCurve", "codeLength", "information", "remarks",
            ],
            Names(intact.GetProperty("probes")[0]));
        Assert.Equal(
            ["layer", "medianRank", "top1", "meanReciprocalRank", "otherMedianRank", "otherTop1", "otherMeanReciprocalRank"],
            Names(intact.GetProperty("lens")[0]));
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("vision.resid_post.0", intact.GetProperty("probes")[0].GetProperty("site").GetString());
    }

    [Fact]
    public void Read_AllBaselines_AreAsTheyWereWritten()
    {
        ResultsFile.Write(Stored, BaselineStudy.Results);

        var read = ResultsFile.Read(Stored).Baselines;

        Assert.Equal(["color", "shape"], read.OtherLabels!.Fields);
        Assert.Equal(128, Assert.Single(read.RandomFeatures).Width);
        Assert.Equal(BaselineStudy.Results.Baselines.RandomModel!.Differences, read.RandomModel!.Differences);
        Assert.Equal(BaselineStudy.Results.Baselines.RandomModel.Probes.Select(probe => (probe.Site, probe.TestAccuracy)), read.RandomModel.Probes.Select(probe => (probe.Site, probe.TestAccuracy)));
    }

    [Fact]
    public void Write_InfiniteLoss_ComesBack()
    {
        var baselines = ReferenceStudy.Results.Baselines;
        ResultsFile.Write(Stored, ReferenceStudy.Results with { Baselines = baselines with { Pixels = baselines.Pixels! with { LogLoss = double.PositiveInfinity } } });

        Assert.Equal(double.PositiveInfinity, ResultsFile.Read(Stored).Baselines.Pixels!.LogLoss);
    }

    [Fact]
    public void Write_IntoAMissingFolder_LeavesOneFile()
    {
        ResultsFile.Write(_folder.File("deep/er/results.json"), ReferenceStudy.Results);

        Assert.Equal(["results.json"], Directory.GetFiles(_folder.File("deep/er")).Select(Path.GetFileName));
    }

    [Fact]
    public void Read_MissingFile_IsRefused() => AssertRefused(null, "there is no such file");

    [Theory]
    [InlineData("{ \"schemaVersion\": 1, ", "line 1", "expected results of version 1")]
    [InlineData("", "line 1", "expected results of version 1")]
    [InlineData("[]", "$", "expected an object with the results of an experiment, found Array")]
    [InlineData("{}", "$.schemaVersion", "expected 1, found none")]
    [InlineData("{ \"schemaVersion\": 2 }", "$.schemaVersion", "expected 1, found 2")]
    [InlineData("{ \"schemaVersion\": \"1\" }", "$.schemaVersion", "expected 1, found \"1\"")]
    [InlineData("{ \"schemaVersion\": 1 }", "$", "'name'")]
    public void Read_WrongText_IsRefusedWithItsPlace(string text, string place, string problem)
    {
        File.WriteAllText(Stored, text);

        AssertRefused(place, problem);
    }

    [Theory]
    [InlineData("\"testAccuracy\": 0.9819444444444444,", "", "$.conditions.intact.answer", "testAccuracy")]
    [InlineData("\"rows\": 3600,\n  \"images\"", "\"rows\": \"many\",\n  \"images\"", "$.rows", "Int32")]
    [InlineData("\"name\": \"partscenes\"", "\"name\": null", "$.name", "null")]
    [InlineData("\"images\": 600,", "\"images\": 600, \"images\": 600,", "$", "images")]
    [InlineData("\"png\": \"iVBOR", "\"png\": \"?", "$.samples[0].png", "base64")]
    public void Read_BrokenValue_IsRefusedWithItsPlace(string from, string to, string place, string problem)
    {
        ResultsFile.Write(Stored, ReferenceStudy.Results);
        var text = File.ReadAllText(Stored);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var position = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(Stored, text[..position] + to + text[(position + from.Length)..]);

        AssertRefused(place, problem);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private void AssertRefused(string? place, string problem)
    {
        var error = Assert.Throws<ResultsException>(() => ResultsFile.Read(Stored));

        Assert.Equal(Stored, error.File);
        Assert.StartsWith(Stored, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        if (place is null)
        {
            Assert.Null(error.Place);
        }
        else
        {
            Assert.Contains(place, error.Place, StringComparison.Ordinal);
        }
    }
}
