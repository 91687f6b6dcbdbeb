using ProbePipeline.Features;
using ProbePipeline.Probes;
using ProbePipeline.Saving;
using ProbePipeline.Sharding;

namespace ProbePipeline.Tests.Sharding;

public sealed class ShardedRunTests(ShardedStudy study) : IClassFixture<ShardedStudy>, IDisposable
{
    private readonly List<RunProgress> _reported = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Shards => Path.Combine(study.Output, "shards");

    public void Dispose()
    {
        if (Directory.Exists(study.Output))
        {
            Directory.Delete(study.Output, recursive: true);
        }
    }

    [Fact]
    public void Merge_EveryStageInShards_GivesTheBytesOfOneRun()
    {
        // Five chunks and three sites: shares of unlike size, also other numbers of them from stage to stage.
        Assert.Equal([(ShardStage.Features, 72), (ShardStage.Features, 72), (ShardStage.Features, 36)], Run(3));
        Assert.Equal([(3 * 5, false)], [Join()]);
        Assert.Equal([(ShardStage.FittedFeatures, 108), (ShardStage.FittedFeatures, 72)], Run(2));
        Assert.Equal([(2 * 5, true)], [Join()]);
        Assert.Equal([(ShardStage.Probes, 10), (ShardStage.Probes, 5)], Run(2));

        _reported.Clear();
        study.Open().Merge([], new Listener(_reported), Token);

        Assert.Equal(ShardedStudy.FilesIn(study.Whole), ShardedStudy.FilesIn(study.Output));
        Assert.DoesNotContain(_reported, progress => progress.Stage.StartsWith("forwards", StringComparison.Ordinal) && progress.Stage != "forwards for means");
    }

    [Fact]
    public void Merge_ProbesOfShards_AreTakenFromThem()
    {
        JoinAll();
        Run(2);
        var fits = Directory.GetFiles(Path.Combine(Shards, "1-of-2", "fits"));
        Assert.Equal(10, fits.Length);
        var bytes = File.ReadAllBytes(fits[0]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(fits[0], bytes);

        var error = Assert.Throws<ProbeException>(() => study.Open().Merge([], cancellation: Token));
        Assert.StartsWith($"{fits[0]}: expected the outcome of probes that this experiment asks for; ", error.Message, StringComparison.Ordinal);

        // What nobody has fitted is fitted here.
        File.Delete(fits[0]);
        study.Open().Merge([], cancellation: Token);
        Assert.Equal(ShardedStudy.FilesIn(study.Whole), ShardedStudy.FilesIn(study.Output));
    }

    [Fact]
    public void Merge_ProbesOfOtherOptions_AreNotTaken()
    {
        JoinAll();
        study.Open("probe.l2=[1]").RunShard(new Shard(1, 1), cancellation: Token);
        study.Open().Merge([], cancellation: Token);
        Assert.Equal(ShardedStudy.FilesIn(study.Whole), ShardedStudy.FilesIn(study.Output));
    }

    [Fact]
    public void Merge_StoppedAmongTheProbes_KeepsThoseThatAreTrained()
    {
        JoinAll();
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => study.Open().Merge([], new Stopper(source, "probes", 3), source.Token));
        var kept = Directory.GetFiles(Path.Combine(study.Output, "fits")).Length;
        Assert.InRange(kept, 2, 14);
        Assert.True(Directory.Exists(Shards));

        study.Open().Merge([], cancellation: Token);
        // Nothing is left of either.
        Assert.Equal(ShardedStudy.FilesIn(study.Whole), ShardedStudy.FilesIn(study.Output));
        Assert.False(Directory.Exists(Shards));
    }

    [Fact]
    public void RunShard_AnotherNumberOfThem_FitsNoProbeTwice()
    {
        JoinAll();
        study.Open().RunShard(new Shard(1, 2), cancellation: Token);
        study.Open().RunShard(new Shard(1, 1), cancellation: Token);
        Assert.Equal((10, 5), (Directory.GetFiles(Path.Combine(Shards, "1-of-2", "fits")).Length, Directory.GetFiles(Path.Combine(Shards, "1-of-1", "fits")).Length));
    }

    [Fact]
    public void RunShard_JoinedFeaturesOfAnotherExperiment_IsRefused()
    {
        JoinAll();
        var error = Assert.Throws<FeatureStoreException>(() => study.Open("dataset.seed=12").RunShard(new Shard(1, 5), cancellation: Token));
        Assert.StartsWith($"{Path.Combine(study.Output, "features")}: the features there were made from something else: rows was ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eraser-part-projector.json", "an eraser")]
    [InlineData("means-vision-all.json", "means of keys")]
    public void RunShard_WhatIsFittedIsMissing_IsRefusedAndNotFitted(string name, string what)
    {
        Run(1);
        Join();
        var path = Path.Combine(study.Output, "features", name);
        File.Delete(path);
        var error = Assert.Throws<FeatureStoreException>(() => study.Open().RunShard(new Shard(1, 1), cancellation: Token));
        Assert.Equal($"{path}: expected {what} that was fitted when the shards were joined; found none; run probe merge with --join first", error.Message);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void RunShard_Again_MakesNothingAnew()
    {
        Run(2);
        var before = Times(Shards);
        Run(2);
        Assert.Equal(before, Times(Shards));
        Join();
        // What is joined is not made again by a shard that has lost it.
        Directory.Delete(Shards, recursive: true);
        Assert.Equal([(ShardStage.FittedFeatures, 180)], Run(1));
        Assert.All(Chunks(Path.Combine(Shards, "1-of-1")), chunk => Assert.Matches("[.](2-erased|3-vision-mean)[.]", chunk));
    }

    [Fact]
    public void RunShard_JoinedChunkIsMissingUnderOneCondition_MakesThatAlone()
    {
        Run(1);
        Join();
        Directory.Delete(Shards, recursive: true);
        File.Delete(Assert.Single(Directory.GetFiles(Path.Combine(study.Output, "features"), "chunk-00003.1-*")));
        Assert.Equal([(ShardStage.Features, 36)], Run(1));
        Assert.Equal("chunk-00003.1-vision-cut.safetensors", Path.GetFileName(Assert.Single(Chunks(Path.Combine(Shards, "1-of-1")))));
    }

    [Fact]
    public void RunShard_Stopped_GoesOnWhereItStopped()
    {
        using var source = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => study.Open().RunShard(new Shard(1, 2), new Stopper(source, "forwards", 1), source.Token));
        var folder = Path.Combine(Shards, "1-of-2");
        var before = Times(folder).Where(file => file.Key.Contains("chunk-", StringComparison.Ordinal)).ToArray();
        Assert.InRange(before.Length, 1, 5);
        Run(2);
        Assert.All(before, file => Assert.Equal(file.Value, Times(folder)[file.Key]));
        Assert.Equal(6, Chunks(folder).Length);
    }

    [Fact]
    public void Merge_ShardIsMissing_SaysHowMuchAndKeepsWhatIsThere()
    {
        study.Open().RunShard(new Shard(1, 2), cancellation: Token);

        var error = Assert.Throws<ExperimentException>(() => study.Open().Merge([], cancellation: Token));
        Assert.Equal(
            $"{study.Output}: expected all chunks of features to be there once the shards are joined; 4 of 10 are missing; run the shards that have not ended, then the same command again; 'probe run' computes here what is missing",
            error.Message);
        Assert.Equal(6, Chunks(study.Output, "features").Length);
        Assert.Equal(error.Message, Assert.Throws<ExperimentException>(() => study.Open().JoinShards([], cancellation: Token)).Message);

        study.Open().RunShard(new Shard(2, 2), cancellation: Token);
        error = Assert.Throws<ExperimentException>(() => study.Open().Merge([], cancellation: Token));
        Assert.EndsWith("10 of 20 are missing; under conditions that need what is fitted now: run every shard once more", error.Message, StringComparison.Ordinal);

        // A run on one machine takes over from there.
        study.Open().Run(cancellation: Token);
        Directory.Delete(Shards, recursive: true);
        Assert.Equal(ShardedStudy.FilesIn(study.Whole), ShardedStudy.FilesIn(study.Output));
    }

    [Fact]
    public void Merge_ShardsThatLieElsewhere_AreCopiedAndStay()
    {
        Run(2);
        var elsewhere = study["elsewhere"];
        Directory.Move(Shards, elsewhere);
        string[] from = [Path.Combine(elsewhere, "1-of-2"), Path.Combine(elsewhere, "2-of-2")];
        var before = ShardedStudy.FilesIn(elsewhere);
        try
        {
            var chunk = Directory.GetFiles(Path.Combine(from[1], "features"), "chunk-00001.1*").Single();
            var whole = File.ReadAllBytes(chunk);
            File.WriteAllBytes(chunk, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
            Assert.StartsWith($"{chunk}: ", Assert.Throws<FeatureStoreException>(() => study.Open().JoinShards(from, cancellation: Token)).Message, StringComparison.Ordinal);
            File.WriteAllBytes(chunk, whole);

            Assert.InRange(study.Open().JoinShards(from, cancellation: Token).Chunks, 1, 15);
            Assert.Equal(before, ShardedStudy.FilesIn(elsewhere));
            Assert.Equal(15, Chunks(study.Output, "features").Length + Chunks(study.Output, "features-random-model").Length);
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Fact]
    public void Merge_NoShardsFolder_IsRefused()
    {
        Directory.CreateDirectory(study.Output);
        var error = Assert.Throws<ExperimentException>(() => study.Open().Merge([study.Output], cancellation: Token));
        Assert.Equal(
            $"{study.Output}: expected the folder of a shard, such as {Path.Combine(Shards, "1-of-8")}; found neither features nor probes there; check its path", error.Message);
    }

    [Fact]
    public void Merge_ShardOfAnotherExperiment_IsRefusedWithWhatDiffers()
    {
        study.Open("dataset.seed=12").RunShard(new Shard(1, 1), cancellation: Token);
        var error = Assert.Throws<FeatureStoreException>(() => study.Open().Merge([], cancellation: Token));
        Assert.StartsWith($"{Path.Combine(Shards, "1-of-1", "features")}: the features there were made from something else: rows was ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_ShardIsAtWork_IsRefused()
    {
        var folder = Path.Combine(Shards, "1-of-2");
        using (OutputLock.Take(folder))
        {
            Assert.StartsWith($"{folder}: another run is writing to this folder", Assert.Throws<ExperimentException>(() => study.Open().Merge([], cancellation: Token)).Message, StringComparison.Ordinal);
            // Another shard is not in its way.
            study.Open().RunShard(new Shard(2, 2), cancellation: Token);
        }
    }

    [Fact]
    public void Plan_OfAShard_SaysItsShare() =>
        Assert.Contains(
            ("this shard", $"2/3: 2 of 5 chunks, 72 of 180 rows; then 1 of 3 sites to fit probes at; in {Path.Combine(Shards, "2-of-3")}"), study.Open().PlanShard(new Shard(2, 3), Token).Lines);

    private static string[] Chunks(string folder, string features = "features") => Directory.GetFiles(Path.Combine(folder, features), "chunk-*");

    private static Dictionary<string, DateTime> Times(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "run.lock").ToDictionary(path => path, File.GetLastWriteTimeUtc);

    private (ShardStage Stage, int Done)[] Run(int count) =>
        [.. Enumerable.Range(1, count).Select(number => study.Open().RunShard(new Shard(number, count), cancellation: Token)).Select(outcome => (outcome.Stage, outcome.Done))];

    private (int Chunks, bool IsComplete) Join()
    {
        var outcome = study.Open().JoinShards([], cancellation: Token);
        return (outcome.Chunks, outcome.IsComplete);
    }

    private void JoinAll()
    {
        Run(1);
        Join();
        Run(1);
        Join();
    }

    private sealed class Listener(List<RunProgress> reported) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            lock (reported)
            {
                reported.Add(value);
            }
        }
    }

    /// <summary>Stops when so much of a stage is done.</summary>
    private sealed class Stopper(CancellationTokenSource source, string stage, int done) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Stage == stage && value.Done >= done)
            {
                source.Cancel();
            }
        }
    }
}
