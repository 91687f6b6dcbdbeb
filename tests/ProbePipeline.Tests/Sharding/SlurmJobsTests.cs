using System.Diagnostics;
using ProbePipeline.Sharding;
using ProbePipeline.Testing;

namespace ProbePipeline.Tests.Sharding;

/// <summary>The scripts run under bash, with programs in the place of Slurm's and of the command that say how they were called.</summary>
public sealed class SlurmJobsTests : IDisposable
{
    private static readonly string File = Path.Combine(Repository.Root, "data", "experiments", "partscenes.yaml");

    private readonly TemporaryFolder _folder = new();

    private string Calls => _folder["calls"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(4, null, "features join probes report")]
    [InlineData(0, null, "features report")]
    [InlineData(4, "probe=null", "features report")]
    [InlineData(4, "conditions.erased=[{ erase: part, at: projector, tokens: region }]", "features join features join probes report")]
    [InlineData(0, "sweeps.mean={ block: { tower: language, from: last, to: image, replace: mean } }", "features join features report")]
    public void Submit_Scripts_WaitForEachOtherInOrder(int probeShards, string? set, string order)
    {
        SkipOnWindows();
        var submit = Jobs(new SlurmOptions { FeatureShards = 8, ProbeShards = probeShards }, set is null ? [] : [set]).Write(_folder["jobs"]);
        Stub("sbatch", """n=$(wc -l < "$CALLS"); echo "$*" >> "$CALLS"; echo "$((n + 100));cluster" """);

        Assert.Equal(0, Run(submit, []));

        var names = order.Split(' ');
        Assert.Equal(
            names.Select((name, place) => $"--parsable --kill-on-invalid-dep=yes {(place == 0 ? "" : $"--dependency=afterok:{99 + place} ")}{name}.sh"), System.IO.File.ReadAllLines(Calls));
        Assert.Equal(names.Append("submit").Distinct().Order(), Directory.GetFiles(_folder["jobs"]).Select(path => Path.GetFileNameWithoutExtension(path)).Order());
    }

    [Fact]
    public void Features_Task_RunsItsShardWithTheCoresThatItHas()
    {
        SkipOnWindows();
        Jobs(new SlurmOptions { FeatureShards = 8, Requests = ["--cpus-per-task=6"], FeatureRequests = ["--gpus=1"], Command = "probe" }, "output=a b'c").Write(_folder["jobs"]);
        Stub("probe", """printf '%s|' "$OMP_NUM_THREADS" "$DOTNET_PROCESSOR_COUNT" "$@" >> "$CALLS" """);

        Assert.Equal(0, Run(Path.Combine(_folder["jobs"], "features.sh"), [("SLURM_ARRAY_TASK_ID", "3"), ("SLURM_CPUS_PER_TASK", "6")]));

        Assert.Equal($"6|6|run|{File}|--set|model={SampleModel.Folder}|--set|output=a b'c|--shard|3/8|", System.IO.File.ReadAllText(Calls));
        var lines = System.IO.File.ReadAllLines(Path.Combine(_folder["jobs"], "features.sh"));
        Assert.Equal(
            ["#!/bin/bash", "#SBATCH --job-name=partscenes-features", $"#SBATCH --output=\"{_folder["jobs"]}/features-%a.log\"", "#SBATCH --open-mode=append", "#SBATCH --requeue", "#SBATCH --signal=B:TERM@120", "#SBATCH --array=1-8", "#SBATCH --cpus-per-task=6", "#SBATCH --gpus=1"],
            lines[..9]);
        Assert.DoesNotContain(System.IO.File.ReadAllLines(Path.Combine(_folder["jobs"], "report.sh")), line => line.Contains("gpus", StringComparison.Ordinal) || line.Contains("array", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kill -9 $$", 0, 137, "requeue 7_3")]
    [InlineData("kill -9 $$", 20, 137, null)]
    [InlineData("exit 143", 19, 143, "requeue 7_3")]
    [InlineData("exit 2", 0, 2, null)]
    [InlineData("exit 0", 0, 0, null)]
    public void Features_TaskEnds_IsQueuedAgainOnlyWhereItWasStopped(string end, int restarts, int code, string? call)
    {
        SkipOnWindows();
        Jobs(new SlurmOptions { FeatureShards = 8 }).Write(_folder["jobs"]);
        Stub("probe", end);
        Stub("scontrol", """echo "$*" >> "$CALLS" """);

        Assert.Equal(code, Run(Path.Combine(_folder["jobs"], "features.sh"), [("SLURM_ARRAY_TASK_ID", "3"), ("SLURM_ARRAY_JOB_ID", "7"), ("SLURM_JOB_ID", "9"), ("SLURM_RESTART_COUNT", $"{restarts}")]));

        Assert.Equal(call is null ? [] : [call], System.IO.File.ReadAllLines(Calls));
    }

    [Fact]
    public void Report_SignalAheadOfTheTimeLimit_LetsTheCommandEndAndIsQueuedAgain()
    {
        SkipOnWindows();
        Jobs(new SlurmOptions { FeatureShards = 8 }).Write(_folder["jobs"]);
        // It signals the script as Slurm does, and takes its time to end when the signal is handed on.
        Stub("probe", """trap 'sleep 0.2; echo dropped the chunk in hand >> "$CALLS"; exit 143' TERM; kill -TERM "$PPID"; for i in $(seq 100); do sleep 0.1; done""");
        Stub("scontrol", """echo "$*" >> "$CALLS" """);

        Assert.Equal(143, Run(Path.Combine(_folder["jobs"], "report.sh"), [("SLURM_JOB_ID", "9")]));

        Assert.Equal(["dropped the chunk in hand", "requeue 9"], System.IO.File.ReadAllLines(Calls));
    }

    [Theory]
    [InlineData(0, 0, "--gpus=1", "slurm: expected 1 to 9999 tasks that share the forwards; found 0")]
    [InlineData(1, -1, "--gpus=1", "slurm: expected 0 to 9999 tasks that share the probes; found -1")]
    [InlineData(1, 0, "--gpus=1\nrm -rf x", "slurm: expected requests as sbatch takes them, in one line, such as --gpus=1; found '--gpus=1\nrm -rf x'")]
    [InlineData(1, 0, "gpus=1", "slurm: expected requests as sbatch takes them, in one line, such as --gpus=1; found 'gpus=1'")]
    public void SlurmJobs_WhatCannotBe_IsRefused(int shards, int probeShards, string request, string message) => Assert.Equal(
        message, Assert.Throws<ExperimentException>(() => Jobs(new SlurmOptions { FeatureShards = shards, ProbeShards = probeShards, Requests = [request] })).Message);

    [Fact]
    public void Write_FolderThatSlurmWouldReadOtherwise_IsRefused() => Assert.StartsWith(
        $"{_folder["jobs%j"]}: expected a folder whose path has no quotes, percent signs", Assert.Throws<ExperimentException>(() => Jobs(new SlurmOptions { FeatureShards = 1 }).Write(_folder["jobs%j"])).Message, StringComparison.Ordinal);

    private static void SkipOnWindows() => Assert.SkipWhen(OperatingSystem.IsWindows(), "batch scripts are for bash");

    private static SlurmJobs Jobs(SlurmOptions options, params string[] sets) => new(File, [$"model={SampleModel.Folder}", .. sets], options);

    private void Stub(string name, string script)
    {
        Directory.CreateDirectory(_folder["bin"]);
        var path = Path.Combine(_folder["bin"], name);
        System.IO.File.WriteAllText(path, $"#!/bin/bash\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private int Run(string script, (string Name, string Value)[] variables)
    {
        System.IO.File.WriteAllText(Calls, "");
        var start = new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["CALLS"], start.Environment["PATH"]) = (Calls, $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
