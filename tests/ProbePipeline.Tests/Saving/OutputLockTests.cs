using ProbePipeline.Saving;

namespace ProbePipeline.Tests.Saving;

public sealed class OutputLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Output => _folder["report"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Take_FolderThatIsTaken_SaysSoUntilItIsFree()
    {
        using (OutputLock.Take(Output))
        {
            var error = Assert.Throws<ExperimentException>(() => OutputLock.Take(Output));
            Assert.Equal($"{Output}: another run is writing to this folder (it holds {Path.Combine(Output, "run.lock")}); wait until it has ended, or choose another output", error.Message);
        }

        OutputLock.Take(Output).Dispose();
    }

    [Fact]
    public void Take_FileOfAnEarlierRun_MeansNothing()
    {
        Directory.CreateDirectory(Output);
        File.WriteAllText(Path.Combine(Output, "run.lock"), "");
        OutputLock.Take(Output).Dispose();
    }

    [Fact]
    public void Take_WhatAKilledRunLeft_IsRemovedAndNothingElse()
    {
        Directory.CreateDirectory(Path.Combine(Output, "tables"));
        string[] left = [Path.Combine(Output, "results.json.77.tmp"), Path.Combine(Output, "tables", "probes.csv.4242.tmp")];
        string[] others = [Path.Combine(Output, "notes.tmp"), Path.Combine(Output, "tables", "draft.v2.tmp")];
        foreach (var path in left.Concat(others))
        {
            File.WriteAllText(path, "half");
        }

        OutputLock.Take(Output).Dispose();
        Assert.All(left, path => Assert.False(File.Exists(path)));
        Assert.All(others, path => Assert.True(File.Exists(path)));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Take_FolderThatCannotBeRead_IsRefusedAndLeftFree()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "a folder is closed by permissions, which do not bind everybody");
        var tables = Directory.CreateDirectory(Path.Combine(Output, "tables"));
        tables.UnixFileMode = UnixFileMode.None;
        Assert.StartsWith($"{Output}: expected a folder that can be written to (", Assert.Throws<ExperimentException>(() => OutputLock.Take(Output)).Message, StringComparison.Ordinal);

        tables.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        OutputLock.Take(Output).Dispose();
    }

    [Fact]
    public void Take_FileInPlaceOfTheFolder_SaysWhatIsExpected()
    {
        File.WriteAllText(Output, "");
        Assert.StartsWith($"{Output}: expected a folder that can be written to (", Assert.Throws<ExperimentException>(() => OutputLock.Take(Output)).Message, StringComparison.Ordinal);
    }
}
