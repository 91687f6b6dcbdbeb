using System.Text.Json;
using ProbePipeline.Features;
using ProbePipeline.Inputs.Text;
using ProbePipeline.Options;
using ProbePipeline.Probes;
using ProbePipeline.Reports;

namespace ProbePipeline.Tests;

/// <summary>The sample experiment as a whole, against the same study done with Hugging Face transformers and scikit-learn.</summary>
[Collection<SampleStudyCollection>]
public sealed class ExperimentTests(SampleStudy study, ITestContextAccessor context)
{
    [Fact]
    public void Run_SampleStudy_GivesTheReferencesProbesAtEveryPenalty()
    {
        // Three rows: a fit in other rounding puts a row on the other side of a border now and then.
        var test = study.Results.Split.Test.Rows;
        var (compared, largest) = (0, 0.0);
        foreach (var (condition, results) in study.Results.Conditions)
        {
            var expected = Of(condition).GetProperty("probe");
            Assert.Equal(expected.EnumerateObject().Select(site => site.Name).Order(StringComparer.Ordinal), results.Probes.Select(probe => probe.Site).Order(StringComparer.Ordinal));
            foreach (var probe in results.Probes)
            {
                foreach (var (point, other) in probe.Sweep.Zip(expected.GetProperty(probe.Site).GetProperty("sweep").EnumerateArray()))
                {
                    Assert.Equal(other.GetProperty("l2").GetDouble(), point.L2);
                    var difference = Math.Max(
                        Math.Abs(other.GetProperty("test").GetDouble() - point.TestAccuracy), Math.Abs(other.GetProperty("validation").GetDouble() - point.ValidationAccuracy)) * test;
                    Assert.True(difference <= 3.01, $"{condition}, {probe.Site}, l2 {point.L2}: {difference} rows");
                    largest = Math.Max(largest, difference);
                    compared++;
                }
            }
        }

        Assert.Equal(5 * 13 * 4, compared);
        context.Current.SendDiagnosticMessage($"{compared} fits, {largest:0.##} rows apart at most, of {test}");
    }

    [Fact]
    public void Run_SampleStudy_GivesTheReferencesAnswers()
    {
        foreach (var (condition, results) in study.Results.Conditions)
        {
            Assert.Equal(Of(condition).GetProperty("answer_accuracy_all").GetDouble(), results.Answer!.Accuracy, 1e-3);
            Assert.Equal(Of(condition).GetProperty("answer_accuracy_test").GetDouble(), results.Answer.TestAccuracy, 2e-3);
            Assert.InRange(results.Answer.TestAccuracy, results.Answer.Low, results.Answer.High);
        }
    }

    [Fact]
    public void Run_SampleStudy_ReportsEveryRowSplitByPicture()
    {
        var results = study.Results;
        Assert.Equal((study.Reference.Images * 6, study.Reference.Images), (results.Rows, results.Images));
        Assert.Equal((0.6, 0.2, 0.2), Shares(results.Split.Train.Images, results.Split.Validation.Images, results.Split.Test.Images));
        Assert.Empty(results.Dropped);
        Assert.Equal(15, results.Classes.Length);
        // Every second picture of the test part, whatever it shows.
        var (pictures, first) = (results.Split.Test.Images, results.Images - results.Split.Test.Images);
        Assert.Equal(Enumerable.Range(0, 6).Select(place => $"scene-{first + (place * pictures / 6):00000}"), results.Samples.Select(sample => sample.Id.Split('/')[0]));
        Assert.Equal(5, results.Confusions.Length);
        Assert.Equal(4 * 14, results.Comparisons.Length);
    }

    [Fact]
    public void Run_SampleStudy_SaysWhichWaysAreLeft()
    {
        string[] Ways(string condition) => [.. study.Results.Conditions[condition].RemainingPaths.Select(path => path.Through)];
        Assert.Equal(["directly", "directly", "directly"], Ways("intact"));
        Assert.Equal(["none", "directly", "directly"], Ways("vision-cut"));
        Assert.Equal(["directly", "none", "directly"], Ways("decoder-cut"));
        Assert.Equal(["none", "none", "directly"], Ways("both-cut"));
        Assert.Equal(["none", "none", "none"], Ways("region-only"));
    }

    [Fact]
    public void Run_SampleStudy_MarksWhatTheAnswerDoesNotDependOn() =>
        Assert.Equal(["vision.resid_post.5", "language.resid_post.5"], study.Results.Conditions["intact"].Probes.Where(probe => !probe.OnPath).Select(probe => probe.Site));

    [Fact]
    public void Run_SampleStudy_IsWrittenWhole()
    {
        Assert.Equal(Path.Combine(study.Output, "report.html"), study.Outcome.ReportPath);
        var read = ResultsFile.Read(Path.Combine(study.Output, "results.json"));
        Assert.Equal(study.Results.Conditions["vision-cut"].Probes[3].TestAccuracy, read.Conditions["vision-cut"].Probes[3].TestAccuracy);
        Assert.Contains("no evidence about large models", File.ReadAllText(study.Outcome.ReportPath), StringComparison.Ordinal);
        Assert.StartsWith("probe run ", read.Provenance.Command, StringComparison.Ordinal);
        // What was left to the checkpoint is written out.
        var asked = study.Experiment.Options;
        Assert.Null(asked.Answer!.Template);
        Assert.Equal(asked with { Answer = asked.Answer with { Template = ChatTemplate.Llava15 } }, ExperimentFile.Parse(read.Provenance.Experiment, "again.yaml"));
    }

    [Fact]
    public void Run_SampleStudy_ReportsProgressToTheEnd()
    {
        Assert.Equal(["forwards", "probes", "transfers"], study.Reported.Select(progress => progress.Stage).Distinct());
        Assert.All(study.Reported.GroupBy(progress => progress.Stage), stage => Assert.Contains(stage, progress => progress.Done == progress.Total));
        Assert.Equal(study.Results.Rows, study.Reported[0].Total);
    }

    [Fact]
    public void Run_AgainOnFinishedFeatures_GivesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var options = study.Experiment.Options;
        // The sample study with fewer pictures and sites.
        var experiment = new Experiment(options with
        {
            Output = Path.Combine(folder.Path, "report"),
            Dataset = options.Dataset with { Images = 20 },
            Capture = options.Capture with { Sites = [SitePattern.Parse("projector"), SitePattern.Parse("language.resid_post.3")], ChunkPictures = 8 },
            Probe = options.Probe! with { L2 = [1e-2] },
        });
        var (before, chunks) = (Run(), Chunks());
        Assert.Equal(before, Run());
        Assert.Equal(chunks, Chunks());

        byte[] Run()
        {
            experiment.Run(cancellation: TestContext.Current.CancellationToken);
            return File.ReadAllBytes(Path.Combine(folder.Path, "report", "results.json"));
        }

        (string Path, DateTime Written)[] Chunks() =>
            [.. Directory.GetFiles(Path.Combine(folder.Path, "report", "features"), "*.safetensors").Order(StringComparer.Ordinal).Select(path => (path, File.GetLastWriteTimeUtc(path)))];
    }

    [Fact]
    public void Run_OtherInputsIntoTheSameOutput_IsRefusedWithWhatChanged()
    {
        var experiment = new Experiment(study.Experiment.Options with { Dataset = study.Experiment.Options.Dataset with { Seed = 12 } });
        var before = Files();
        var error = Assert.Throws<FeatureStoreException>(() => experiment.Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("made from something else: rows was", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());

        string[] Files() => [.. Directory.GetFiles(study.Output, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Plan_SampleStudy_TellsItsCost()
    {
        var lines = study.Experiment.Plan(TestContext.Current.CancellationToken).Lines.Where(line => line.What.Length > 0).ToDictionary(line => line.What, line => line.Value);
        var rows = study.Results.Rows;
        // Three chunks of 120 rows, in batches of 32 that begin within pictures: 6, 6, 6 and 4 pictures. Two ways through the tower, four up to the picture's end.
        Assert.Equal(
            $"{rows * 5} rows and conditions: {66 * 2} tiles through the vision tower, {66 * 4} prompts up to the picture's end and {rows * 5} behind it through the decoder; what questions and conditions share is computed once",
            lines["forwards"]);
        // Four tokens and 64 patches, then ten tokens.
        Assert.Equal($"{(66 * 4 * 68) + (rows * 5 * 10)} through the decoder, of {rows * 5 * 78} without sharing", lines["tokens"]);
        Assert.Matches(@"^about [\d.]+ (s|minutes) of forwards, at about \d+ GFLOP/s of matrix products \(float32 on cpu, measured just now\), of which forwards reach about 46 %$", lines["time"]);
        Assert.StartsWith("about 0.3", lines["memory"], StringComparison.Ordinal);
        Assert.StartsWith("65 at 13 sites under 5 conditions", lines["probes"], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ClassOfOnePicture_IsNamedBeforeAnyForward()
    {
        using var folder = new TemporaryFolder();
        var options = study.Experiment.Options with { Output = Path.Combine(folder.Path, "report"), Dataset = study.Experiment.Options.Dataset with { Images = 5 } };
        var error = Assert.Throws<ProbeException>(() => new Experiment(options).Run(cancellation: TestContext.Current.CancellationToken));
        Assert.Matches("class '[a-z]+': expected rows of at least two pictures", error.Message);
        Assert.False(Directory.Exists(options.Output));
    }

    [Fact]
    public void Run_ChoicesWithoutAClass_NamesIt()
    {
        var options = study.Experiment.Options with { Answer = study.Experiment.Options.Answer! with { Choices = LabelWords.Of(study.Results.Classes.Remove("wheel")) } };
        var error = Assert.Throws<ExperimentException>(() => new Experiment(options).Plan(TestContext.Current.CancellationToken));
        Assert.Contains("answer.choices: expected every class of the target part; wheel is missing", error.Message, StringComparison.Ordinal);
    }

    private JsonElement Of(string condition) => study.Reference.Json.GetProperty("conditions").GetProperty(condition);

    private static (double Train, double Validation, double Test) Shares(double train, double validation, double test)
    {
        var all = train + validation + test;
        return (Math.Round(train / all, 3), Math.Round(validation / all, 3), Math.Round(test / all, 3));
    }
}
