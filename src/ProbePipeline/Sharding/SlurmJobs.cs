using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProbePipeline.Features;

namespace ProbePipeline.Sharding;

/// <summary>
/// An experiment as batch scripts for Slurm (sbatch and scontrol of 20.11 and newer): an array of tasks for the forwards, a job that joins them, an array for the
/// probes, and a job for the report, each of which begins when the one before has ended well. A task that is stopped ahead of its time limit, or killed, is queued
/// again and goes on where it stopped.
/// </summary>
/// <param name="experiment">The experiment file.</param>
/// <param name="overrides">Values that take the place of the file's.</param>
/// <param name="options">How many tasks, and what they ask for.</param>
/// <exception cref="Options.ExperimentFileException">The experiment file is not usable.</exception>
/// <exception cref="ExperimentException">A number of tasks or a request is not usable.</exception>
public sealed class SlurmJobs(string experiment, IReadOnlyList<string> overrides, SlurmOptions options)
{
    private const string Submit = "submit.sh";

    private readonly Experiment _experiment = Experiment.Read(experiment, overrides);

    private readonly SlurmOptions _options = Checked(options);

    // What is fitted, on all features, before some of them can be made.
    private bool HasSecondStage => _experiment.Options is var experiment
        && (experiment.Conditions.Any(condition => condition.NeedsFitted) || experiment.Sweeps.Any(sweep => sweep.Condition(0, 0).NeedsFitted));

    private bool HasProbeShards => _options.ProbeShards > 0 && _experiment.Options.Probe is not null;

    private string JobName => string.Concat(_experiment.Options.ShownName.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '_'));

    // One after the other; "features" twice is the same script.
    private IEnumerable<string> Order =>
    [
        "features",
        .. HasSecondStage ? ["join", "features"] : ImmutableArray<string>.Empty,
        .. HasProbeShards ? ["join", "probes"] : ImmutableArray<string>.Empty,
        "report",
    ];

    /// <summary>Writes the scripts.</summary>
    /// <param name="folder">Where to; scripts of that name are replaced.</param>
    /// <returns>The script that submits all of them.</returns>
    /// <exception cref="FeatureStoreException">A file cannot be written.</exception>
    public string Write(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        // What Slurm would read as something else in the name of a log.
        if (Path.GetFullPath(folder).FirstOrDefault(character => character is '"' or '%' or '\\' || char.IsControl(character)) is not '\0' and var odd)
        {
            throw new ExperimentException($"{folder}: expected a folder whose path has no quotes, percent signs, backslashes or control characters, since the scripts name it to Slurm; found '{odd}'; choose another");
        }

        Script("features", "run", _options.FeatureShards, [.. _options.Requests, .. _options.FeatureRequests]);
        if (Order.Contains("join"))
        {
            Script("join", "merge --join", shards: null, _options.Requests);
        }

        if (HasProbeShards)
        {
            Script("probes", "run", _options.ProbeShards, _options.Requests);
        }

        Script("report", "merge", shards: null, _options.Requests);
        var path = Path.Combine(folder, Submit);
        Write(path, SubmitText());
        return path;

        void Script(string name, string command, int? shards, ImmutableArray<string> requests) =>
            Write(Path.Combine(folder, $"{name}.sh"), JobText(Path.GetFullPath(folder), name, command, shards, requests));
    }

    private static void Write(string path, string text)
    {
        WholeFile.Write(path, Encoding.UTF8.GetBytes(text));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute);
        }
    }

    private static SlurmOptions Checked(SlurmOptions options)
    {
        foreach (var (what, number, least) in new[] { ("tasks that share the forwards", options.FeatureShards, 1), ("tasks that share the probes", options.ProbeShards, 0) })
        {
            if (number < least || number > Shard.MaximumCount)
            {
                throw new ExperimentException(string.Create(CultureInfo.InvariantCulture, $"slurm: expected {least} to {Shard.MaximumCount} {what}; found {number}"));
            }
        }

        // They become lines that Slurm reads; what follows a break would be a command.
        return options.Requests.Concat(options.FeatureRequests).FirstOrDefault(request => !request.StartsWith("--", StringComparison.Ordinal) || request.Any(char.IsControl)) is { } odd
            ? throw new ExperimentException($"slurm: expected requests as sbatch takes them, in one line, such as --gpus=1; found '{odd}'")
            : options;
    }

    private string JobText(string folder, string name, string command, int? shards, ImmutableArray<string> requests)
    {
        var place = shards is null ? "" : "-%a";
        string[] words = [.. command.Split(' '), ShellWord.Of(experiment), .. overrides.Select(one => $"--set {ShellWord.Of(one)}")];
        return string.Create(CultureInfo.InvariantCulture, $$"""
            #!/bin/bash
            #SBATCH --job-name={{JobName}}-{{name}}
            #SBATCH --output="{{folder}}/{{name}}{{place}}.log"
            #SBATCH --open-mode=append
            #SBATCH --requeue
            #SBATCH --signal=B:TERM@120
            {{string.Concat(shards is { } count ? $"#SBATCH --array=1-{count}\n" : "")}}{{string.Concat(requests.Select(request => $"#SBATCH {request}\n"))}}
            cd {{ShellWord.Of(Environment.CurrentDirectory)}} || exit 2
            export OMP_NUM_THREADS="${SLURM_CPUS_PER_TASK:-1}" DOTNET_PROCESSOR_COUNT="${SLURM_CPUS_PER_TASK:-1}"

            # Two minutes ahead of the time limit SIGTERM comes: the chunk in hand is dropped, what is finished stays.
            child= stopped=
            trap 'stopped=1; [[ ! $child ]] || kill -TERM "$child"' TERM
            {{_options.Command}} {{string.Join(' ', words)}}{{(shards is null ? "" : $" --shard \"$SLURM_ARRAY_TASK_ID/{shards}\"")}} &
            child=$!
            [[ ! $stopped ]] || kill -TERM "$child"
            wait "$child"
            code=$?
            if [[ $stopped ]]; then
              wait "$child"
              code=$?
            fi

            # Who was killed or stopped goes on where it was, though not for ever; an error of the experiment stays one.
            {{(command == "merge --join" ? "# Nodes may know a shared folder as it was for a minute (NFS caches attributes for up to 60 s): whoever comes next must see what was joined.\n(( code )) || sleep 60\n" : "")}}
            if (( code > 128 && ${SLURM_RESTART_COUNT:-0} < {{_options.Restarts}} )); then
              scontrol requeue "${SLURM_ARRAY_JOB_ID:-$SLURM_JOB_ID}${SLURM_ARRAY_TASK_ID:+_$SLURM_ARRAY_TASK_ID}"
            fi
            exit "$code"

            """).ReplaceLineEndings("\n");
    }

    private string SubmitText()
    {
        var text = new StringBuilder("""
            #!/bin/bash
            # Submits the jobs; each begins when the one before it has ended well, and is cancelled where that cannot be any more.
            set -euo pipefail
            cd "$(dirname "${BASH_SOURCE[0]}")"

            submit() { sbatch --parsable --kill-on-invalid-dep=yes "$@" | cut -d ';' -f 1; }


            """.ReplaceLineEndings("\n"));
        var isFirst = true;
        foreach (var name in Order)
        {
            text.Append(CultureInfo.InvariantCulture, $"job=$(submit {(isFirst ? "" : "--dependency=\"afterok:$job\" ")}{name}.sh)\necho \"{name}: job $job\"\n");
            isFirst = false;
        }

        return text.ToString();
    }
}
