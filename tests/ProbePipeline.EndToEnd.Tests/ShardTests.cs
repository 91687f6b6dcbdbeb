namespace ProbePipeline.EndToEnd.Tests;

/// <summary><c>probe run --shard</c> and <c>probe merge</c> as processes.</summary>
public sealed class ShardTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder["sharded"];

    private string[] Merge => ["merge", .. UndisturbedRun.Command(Output)[1..]];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Merge_OneShardWasKilledAndStartedAgain_ComesToTheSameBytes()
    {
        string[] first = [.. UndisturbedRun.Command(Output), "--shard", "1/2"], second = [.. UndisturbedRun.Command(Output), "--shard", "2/2"];
        var folder = Path.Combine(Output, "shards", "2-of-2");
        var (killed, _, _) = await Probe.RunKilled(_ => UndisturbedRun.ChunksIn(folder).Count > 2, second);
        Assert.True(killed);
        var kept = UndisturbedRun.ChunksIn(folder);

        var (code, text, error) = await Probe.RunOn(1, first);
        Assert.Equal(("", 0), (error, code));
        Assert.Contains("shard 1/2: its share of the features, 36 rows, is finished\nwhen all 2 shards have ended: probe merge ", text, StringComparison.Ordinal);

        Assert.Contains($"partscenes.yaml --set output={Output} --set model=", text, StringComparison.Ordinal);
        (code, _, error) = await Probe.Run(Merge);
        Assert.Equal(2, code);
        Assert.StartsWith($"error: {Output}: expected all chunks of features to be there once the shards are joined; ", error, StringComparison.Ordinal);

        (code, _, error) = await Probe.RunOn(1, second);
        Assert.Equal(("", 0), (error, code));
        // The merge that was refused has joined them: nobody makes them again.
        Assert.DoesNotContain(UndisturbedRun.ChunksIn(folder), chunk => kept.ContainsKey(chunk.Key));
        Assert.All(kept, chunk => Assert.Equal(chunk.Value, UndisturbedRun.ChunksIn(Output)[chunk.Key]));

        (code, _, error) = await Probe.Run(Merge);
        Assert.Equal(("", 0), (error, code));
        Assert.False(Directory.Exists(Path.Combine(Output, "shards")));
        await undisturbed.RequireSameFeatures(Output);
    }

    [Fact]
    public async Task Run_NoShard_IsRefused()
    {
        var (code, _, error) = await Probe.Run([.. UndisturbedRun.Command(Output), "--shard", "3/2"]);
        Assert.Equal((2, "error: shard: expected a number and how many there are, such as 1/8 to 8/8, at most 9999; found '3/2'\n"), (code, error));
        Assert.False(Directory.Exists(Output));
    }
}
