using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Models;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Models.Masks;
using ProbePipeline.Models.Sites;
using ProbePipeline.Opening;

namespace ProbePipeline.Tests;

public sealed class MeanAblationStudyTests(MeanAblationStudy study) : IClassFixture<MeanAblationStudy>
{
    private const string VisionMeans = "means-vision-all.json";
    private const string OtherRows = "expected means that were taken on the training rows of this experiment; found one of other rows, tokens or layers";

    [Fact]
    public void Run_Means_AreThoseOfTheFirstConditionsTrainingRowsAndReplaceTheKeys()
    {
        using var prepared = PreparedExperiment.Open(study.Open().Options, cancellation: TestContext.Current.CancellationToken);
        var (network, rows) = (prepared.Model.Network, prepared.Rows.Rows);
        var stored = FittedFile.Read<StoredMeans>(Path.Combine(study.Features, VisionMeans), "means of keys")!;
        Assert.Equal(study.Results.Split.Train.Rows, stored.Rows);
        Assert.Equal(Enumerable.Range(0, network.Vision!.LayerCount), stored.Inputs.Keys);
        var captures = stored.Inputs.Keys.Select(layer => KeyMeans.CaptureOf(Tower.Vision, layer, TokenSet.All)).ToArray();
        var sums = captures.Select(_ => new double[network.Vision.HiddenSize]).ToArray();
        foreach (var row in prepared.Task.Rows.Split.Train)
        {
            using var result = network.Forward(Batch(row), new ForwardRequest { Captures = [.. captures] });
            foreach (var (capture, sum) in captures.Zip(sums))
            {
                foreach (var (index, number) in result[capture].Values.data<float>().ToArray().Index())
                {
                    sum[index] += number / stored.Rows;
                }
            }
        }

        foreach (var (layer, sum) in sums.Index())
        {
            foreach (var (number, expected) in stored.Means.Inputs[layer].Zip(sum))
            {
                Assert.Equal(expected, number, 1e-4);
            }
        }

        var site = new SiteCapture(Site.Projector, Pooling.RegionMean);
        var block = new AttentionBlock(Tower.Vision, TokenSet.All, TokenSet.All) { Means = stored.Means };
        using var replaced = network.Forward(Batch(7), new ForwardRequest { Captures = [site], Blocks = [block] });
        var width = network.WidthOf(Site.Projector);
        var found = study.Store.Read<float>("vision-mean", "projector").AsSpan(7 * width, width).ToArray();
        foreach (var (number, expected) in found.Zip(replaced[site].Values.data<float>().ToArray()))
        {
            Assert.Equal(expected, number, 1e-4);
        }

        Batch Batch(int row) => new([prepared.Model.Read(rows[row].Picture, rows[row].Region, rows[row].Prompt)]);
    }

    [Fact]
    public void Run_ConditionsWithMeans_SayWhatReplacesTheKeysAndWhatIsLeft()
    {
        var condition = study.Results.Conditions["vision-mean"];
        Assert.Equal(["vision: all to all, layers all, means for keys and values"], condition.Blocks);
        Assert.StartsWith($"vision keys and values of all: means over {study.Results.Split.Train.Rows} training rows of intact, SHA-256 ", Assert.Single(condition.Changes), StringComparison.Ordinal);
        Assert.Equal(["none but means", "directly", "directly"], condition.RemainingPaths.Select(path => path.Through));
        Assert.Equal("none", study.Results.Conditions["vision-cut"].RemainingPaths[0].Through);
        Assert.Equal(2, study.Results.Conditions["both-mean"].Changes.Length);
        Assert.Equal(["window.0-2", "window.3-5"], Assert.Single(study.Results.Sweeps).Windows.Select(window => window.Condition));
        var store = study.Store;
        Assert.NotEqual(store.Read<float>("vision-cut", "projector"), store.Read<float>("vision-mean", "projector"));
        Assert.NotEqual(store.Read<float>("intact", "projector"), store.Read<float>("vision-mean", "projector"));
        Assert.Equal(store.Read<float>("vision-mean", "projector"), store.Read<float>("from-mean", "projector"));
        Assert.Contains("replaced by their means", File.ReadAllText(Path.Combine(study.Output, "report.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ChunkLost_IsMadeAgainToTheBitWithTheStoredMeans()
    {
        var means = Path.Combine(study.Features, VisionMeans);
        var before = File.ReadAllBytes(means);
        var chunk = Directory.GetFiles(study.Features, "chunk-00001.2-vision-mean.safetensors").Single();
        var bytes = File.ReadAllBytes(chunk);
        File.Delete(chunk);
        study.Open().Run(cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(bytes, File.ReadAllBytes(chunk));
        Assert.Equal(before, File.ReadAllBytes(means));
        try
        {
            // The training rows are others.
            Assert.Contains(OtherRows, Error("probe.split.train=0.5"), StringComparison.Ordinal);
            FittedFile.Write(means, FittedFile.Read<StoredMeans>(means, "means of keys")! with { FittedOn = "other rows" });
            Assert.Contains(OtherRows, Error(), StringComparison.Ordinal);
            File.WriteAllBytes(means, before[..20]);
            Assert.Contains("expected means of keys; ", Error(), StringComparison.Ordinal);
        }
        finally
        {
            File.WriteAllBytes(means, before);
        }

        string Error(params string[] overrides) => Assert.Throws<FeatureStoreException>(() => study.Open(overrides).Run(cancellation: TestContext.Current.CancellationToken)).Message;
    }

    [Fact]
    public void Plan_Means_AreCountedWithTheirForwards()
    {
        var lines = study.Open().Plan(TestContext.Current.CancellationToken).Lines;
        Assert.Contains(("means of keys", "2, over the training rows of intact, which go through the network once more for them; what uses them runs afterwards"), lines);
        Assert.Contains(("condition vision-mean", "vision: all to all, layers all, means for keys and values"), lines);
    }
}
