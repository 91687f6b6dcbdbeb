using System.Diagnostics;

namespace ProbePipeline.EndToEnd.Tests;

/// <summary>A run that is killed, that finds no room, or that somebody interferes with, loses nothing that was finished and comes to the features of one that nothing disturbs.</summary>
public sealed class DisturbedRunTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder["disturbed"];

    public void Dispose() => _folder.Dispose();

    /// <summary>30 kills, 200 with PROBE_LONG=1: half of them at moments drawn over the time that a whole run takes, half while it writes chunks.</summary>
    [Fact]
    public async Task Run_KilledAtRandomMoments_ComputesNothingTwiceAndComesToTheSameBytes()
    {
        var kills = Environment.GetEnvironmentVariable("PROBE_LONG") == "1" ? 200 : 30;
        var random = new Random(8);
        var (killed, whole, withChunksMissing) = (0, 0, 0);
        var finished = new Dictionary<string, DateTime>();
        // What else the machine did when it was measured makes it too long, and most runs would end by themselves.
        var duration = undisturbed.Duration;
        while (killed < kills)
        {
            var moment = random.NextDouble();
            var (watch, isNew) = (Stopwatch.StartNew(), finished.Count == 0);
            var (wasKilled, code, error) = await Probe.RunKilled(
                killed % 2 == 0 ? time => time > moment * duration : WhileWriting(finished.Count, moment * 0.3), UndisturbedRun.Command(Output));
            undisturbed.RequireWholeFiles(Output);
            var chunks = UndisturbedRun.ChunksIn(Output);
            Assert.All(finished, chunk => Assert.Equal(chunk.Value, chunks[chunk.Key]));
            finished = chunks;
            if (wasKilled)
            {
                killed++;
                withChunksMissing += chunks.Count is > 0 and < UndisturbedRun.Chunks ? 1 : 0;
                continue;
            }

            Assert.Equal(("", 0), (error, code));
            duration = isNew && watch.Elapsed < duration ? watch.Elapsed : duration;
            await undisturbed.RequireSameFeatures(Output);
            Directory.Delete(Output, recursive: true);
            finished = [];
            whole++;
        }

        var (last, _, lastError) = await Probe.RunOn(1, UndisturbedRun.Command(Output));
        Assert.Equal(("", 0), (lastError, last));
        Assert.All(finished, chunk => Assert.Equal(chunk.Value, UndisturbedRun.ChunksIn(Output)[chunk.Key]));
        await undisturbed.RequireSameFeatures(Output);
        Assert.Empty(Directory.GetFiles(Output, "*.tmp", SearchOption.AllDirectories));
        Assert.True(withChunksMissing > kills / 5, $"{withChunksMissing} kills came while chunks were being written");
        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} kills, {withChunksMissing} of them with a part of the chunks written; {whole} times the run came to its end between them");
    }

    [Fact]
    public async Task Run_FolderOfAnotherRun_IsRefusedAndTheOtherComesToItsEnd()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process is held still by a signal");
        var (code, error) = await Probe.RunAround(
            () => UndisturbedRun.ChunksIn(Output).Count > 0,
            async () =>
            {
                var before = UndisturbedRun.ChunksIn(Output);
                await Refused(UndisturbedRun.Command(Output), $"{Output}: another run is writing to this folder");
                Assert.Equal(before, UndisturbedRun.ChunksIn(Output));
                // Who only reads is let in.
                Assert.Contains("this chunk is missing", (await Probe.Run("verify", Output)).Error, StringComparison.Ordinal);
            },
            UndisturbedRun.Command(Output));
        Assert.Equal(("", 0), (error, code));
        await undisturbed.RequireSameFeatures(Output);
    }

    [Fact]
    public async Task Run_ChunkRemovedUnderIt_NamesItAndMakesItAnewTheNextTime()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process is held still by a signal");
        string? removed = null;
        var (code, error) = await Probe.RunAround(
            () => UndisturbedRun.ChunksIn(Output).Count > 2,
            () =>
            {
                removed = Path.Combine(Output, "features", UndisturbedRun.ChunksIn(Output).Keys.Order(StringComparer.Ordinal).First());
                File.Delete(removed);
                return Task.CompletedTask;
            },
            UndisturbedRun.Command(Output));
        Assert.Equal((2, $"error: {removed}: this chunk is missing; run the experiment again to fill it in\n"), (code, error));

        var kept = UndisturbedRun.ChunksIn(Output);
        Assert.Equal(UndisturbedRun.Chunks - 1, kept.Count);
        Assert.Equal(0, (await Probe.RunOn(1, UndisturbedRun.Command(Output))).ExitCode);
        Assert.All(kept, chunk => Assert.Equal(chunk.Value, UndisturbedRun.ChunksIn(Output)[chunk.Key]));
        await undisturbed.RequireSameFeatures(Output);
    }

    [Fact]
    public async Task Run_ChunkChangedUnderIt_IsRefusedByWhoeverReadsItUntilItIsMadeAnew()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process is held still by a signal");
        string changed = "";
        await Probe.RunAround(
            () => UndisturbedRun.ChunksIn(Output).Count > 2,
            () =>
            {
                changed = Path.Combine(Output, "features", UndisturbedRun.ChunksIn(Output).Keys.Order(StringComparer.Ordinal).First());
                var bytes = File.ReadAllBytes(changed);
                bytes[^1] ^= 1;
                File.WriteAllBytes(changed, bytes);
                return Task.CompletedTask;
            },
            UndisturbedRun.Command(Output));
        await Refused(["features", "export", Path.Combine(Output, "features"), "--format", "npy", "--to", _folder["npy"]], $"{changed}: expected column ");

        File.Delete(changed);
        Assert.Equal(0, (await Probe.RunOn(1, UndisturbedRun.Command(Output))).ExitCode);
        await undisturbed.RequireSameFeatures(Output);
    }

    [Fact]
    public async Task Run_DiskFullThenReadOnly_SaysSoAndGoesOnWhenThereIsRoom()
    {
        var disk = Directory.CreateDirectory(_folder["disk"]).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a small disk can be mounted on Linux by root alone");
        Assert.SkipUnless(await Mount("-t", "tmpfs", "-o", "size=128k", "tmpfs", disk), "this machine does not let root mount a small disk");
        try
        {
            var output = Path.Combine(disk, "report");
            await Refused(UndisturbedRun.Command(output), "No space left on device");
            var kept = UndisturbedRun.ChunksIn(output);
            Assert.InRange(kept.Count, 1, UndisturbedRun.Chunks - 1);
            undisturbed.RequireWholeFiles(output);
            Assert.Empty(Directory.GetFiles(output, "*.tmp", SearchOption.AllDirectories));
            // Still full: what is there stays.
            await Refused(UndisturbedRun.Command(output), "No space left on device");

            Assert.True(await Mount("-o", "remount,size=64m", disk));
            Assert.Equal(0, (await Probe.RunOn(1, UndisturbedRun.Command(output))).ExitCode);
            Assert.All(kept, chunk => Assert.Equal(chunk.Value, UndisturbedRun.ChunksIn(output)[chunk.Key]));
            await undisturbed.RequireSameFeatures(output);

            Assert.True(await Mount("-o", "remount,ro", disk));
            await Refused(UndisturbedRun.Command(output), $"{output}: expected a folder that can be written to (");
            // Reading needs neither lock nor room.
            await undisturbed.RequireSameFeatures(output);
        }
        finally
        {
            using var umount = Process.Start("umount", [disk]);
            await umount.WaitForExitAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task Run_FolderThatMayNotBeWrittenTo_SaysSo()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may write everywhere; a read-only disk is another test");
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("permissions are others on Windows");
            return;
        }

        Directory.CreateDirectory(Output, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await Refused(UndisturbedRun.Command(Output), $"{Output}: expected a folder that can be written to (");
    }

    // So many seconds after a chunk more is there than before.
    private Func<TimeSpan, bool> WhileWriting(int before, double seconds)
    {
        TimeSpan? first = null;
        return time =>
        {
            first ??= UndisturbedRun.ChunksIn(Output).Count > before ? time : null;
            return (time - first)?.TotalSeconds > seconds;
        };
    }

    private static async Task Refused(string[] arguments, string named)
    {
        var (code, _, error) = await Probe.RunOn(1, arguments);
        Assert.Equal(2, code);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    private static async Task<bool> Mount(params string[] arguments)
    {
        using var mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
        await mount.WaitForExitAsync(TestContext.Current.CancellationToken);
        return mount.ExitCode == 0;
    }
}
