using System.Collections.Immutable;
using System.Text;
using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Erasure;

namespace ProbePipeline.Tests;

public sealed class InterventionStudyTests(InterventionStudy study) : IClassFixture<InterventionStudy>
{
    private const string Later = "language.resid_post.2";

    [Fact]
    public void Run_PatchedSite_HoldsTheDonorsStatesToTheBit()
    {
        var store = study.Store;
        Assert.Equal(store.Read<float>("vision-cut", "projector"), store.Read<float>("patched", "projector"));
        Assert.NotEqual(store.Read<float>("intact", "projector"), store.Read<float>("patched", "projector"));
        Assert.Equal(store.Read<float>("erased", Later), store.Read<float>("patched-from-erased", Later));
        Assert.Equal(["projector, tokens region: the states of vision-cut"], study.Results.Conditions["patched"].Changes);
        Assert.Contains(study.Results.Conditions["patched"].RemainingPaths, path => path.Through == "directly, and whatever is patched into projector from vision-cut");
    }

    [Fact]
    public void Run_ErasedSite_IsTheFirstConditionsWithTheEraserOfItsTrainingRows()
    {
        var store = study.Store;
        var features = new FeatureMatrix(store.Read<float>("intact", "projector"), store.Manifest.Column("projector").Width);
        string[] labels = [.. store.Rows.Select(row => row.Attributes[0])];
        string[] classes = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        ImmutableArray<int> train = [.. Enumerable.Range(0, study.Results.Split.Train.Rows)];
        var eraser = Leace.Fit(features, train, [.. labels.Select(label => Array.IndexOf(classes, label))], classes.Length);
        // A region's mean is linear in its states: erased states have the erased mean.
        var expected = eraser.Apply(features);
        var erased = store.Read<float>("erased", "projector");
        Assert.Equal(features.Rows * features.Width, erased.Length);
        for (var row = 0; row < features.Rows; row++)
        {
            for (var column = 0; column < features.Width; column++)
            {
                Assert.Equal(expected[row][column], erased[(row * features.Width) + column], 1e-3f);
            }
        }

        var change = Assert.Single(study.Results.Conditions["erased"].Changes);
        Assert.StartsWith($"projector, tokens region: part is erased by LEACE, fitted on {train.Length} training rows of intact at projector, {eraser.Rank} directions, SHA-256 ", change, StringComparison.Ordinal);
        // The probe of the intact states was far better.
        Assert.True(study.Results.Conditions["erased"].Probes[0].TestAccuracy < study.Results.Conditions["intact"].Probes[0].TestAccuracy - 0.3);
    }

    [Fact]
    public void Run_Sweep_LogsTheProbesOfItsWindows() =>
        Assert.All(["window.0-2", "window.3-5"], window => Assert.Contains(study.Log, line => line.StartsWith($"probe at {Later} under {window}: ", StringComparison.Ordinal)));

    [Fact]
    public void Run_Sweep_ComparesEachWindowWithTheFirstConditionAndKeepsOutOfTheOthers()
    {
        var sweep = Assert.Single(study.Results.Sweeps);
        Assert.Equal(("window", "vision", "vision: all to all", "intact", Later), (sweep.Name, sweep.Tower, sweep.Block, sweep.Against, sweep.Site));
        Assert.Equal(["window.0-2", "window.3-5"], sweep.Windows.Select(window => window.Condition));
        Assert.Equal(["intact", "vision-cut", "patched", "erased", "patched-from-erased"], study.Results.Conditions.Keys);
        Assert.DoesNotContain(study.Results.Comparisons, comparison => comparison.Condition.StartsWith("window", StringComparison.Ordinal));
        foreach (var window in sweep.Windows)
        {
            Assert.Equal(window.Answer!.TestAccuracy - study.Results.Conditions["intact"].Answer!.TestAccuracy, window.AnswerDifference!.Difference, 12);
            var intact = study.Results.Conditions["intact"].Probes.Single(probe => probe.Site == Later);
            Assert.Equal(window.Probe!.TestAccuracy - intact.TestAccuracy, window.ProbeDifference!.Difference, 12);
        }
    }

    [Fact]
    public void Run_BlindAnswers_AreOfEveryRow()
    {
        var blind = study.Results.BlindAnswer!;
        Assert.Equal(study.Results.Rows, blind.Rows);
        Assert.True(blind.TestAccuracy < study.Results.Conditions["intact"].Answer!.TestAccuracy - 0.3);
    }

    [Fact]
    public void Run_ErasedChunkLost_IsMadeAgainToTheBitWithTheStoredEraser()
    {
        var eraser = Path.Combine(study.Features, "eraser-part-projector.json");
        var before = File.ReadAllBytes(eraser);
        var chunk = Directory.GetFiles(study.Features, "chunk-00001.3-erased.safetensors").Single();
        var bytes = File.ReadAllBytes(chunk);
        File.Delete(chunk);
        study.Open().Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(bytes, File.ReadAllBytes(chunk));
        Assert.Equal(before, File.ReadAllBytes(eraser));

        // An eraser of something else is never mixed with this one's features.
        try
        {
            var stored = FittedFile.Read<StoredEraser>(eraser, "an eraser")!;
            FittedFile.Write(eraser, stored with { FittedOn = "other rows" });
            var error = Assert.Throws<FeatureStoreException>(() => study.Open().Run(cancellation: TestContext.Current.CancellationToken));
            Assert.Contains("expected an eraser that was fitted on the training rows of this experiment", error.Message, StringComparison.Ordinal);
            // A number that somebody changed, and half a file.
            foreach (var damaged in new[] { Encoding.UTF8.GetString(before).Replace("\"rows\": ", "\"rows\": 1", StringComparison.Ordinal), Encoding.UTF8.GetString(before)[..20] })
            {
                File.WriteAllText(eraser, damaged);
                Assert.Contains("expected an eraser; ", Assert.Throws<FeatureStoreException>(() => study.Open().Run(cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
            }
        }
        finally
        {
            File.WriteAllBytes(eraser, before);
        }
    }

    [Fact]
    public void Plan_Interventions_AreCounted()
    {
        var lines = study.Open().Plan(TestContext.Current.CancellationToken).Lines;
        Assert.Contains(("sweep window", "2 windows of 3 in Vision layers, window.0-2 to window.3-5; a condition each"), lines);
        Assert.Contains(("erasers", "1, fitted on the training rows of intact; what is erased runs afterwards"), lines);
        Assert.Contains(("", "changed: projector, tokens region: part is erased"), lines);
        Assert.Contains(lines, line => line.What == "answers without the picture");
        Assert.Contains(lines, line => line.What == "probes" && line.Value.StartsWith("12 at 2 sites under 5 conditions and at one site under 2 windows", StringComparison.Ordinal));
    }
}
