using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using ProbePipeline.Models;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Saving;

/// <summary>What a run depends on, hashed and named.</summary>
/// <param name="Options">The experiment.</param>
/// <param name="ModelHash">SHA-256 of the model's files.</param>
/// <param name="Dataset">The dataset in words.</param>
/// <param name="RowsHash">SHA-256 of the rows.</param>
/// <param name="Computed">Device and type.</param>
internal sealed record RunInputs(ExperimentOptions Options, string ModelHash, string Dataset, string RowsHash, string Computed)
{
    /// <summary>The keys of an experiment file that features depend on, beside model and rows.</summary>
    private static readonly string[] FeatureKeys = ["conditions", "capture", "answer", "lens", "regions"];

    /// <summary>The model as the report names it.</summary>
    public string Model { get; init; } = Options.Model;

    /// <summary>SHA-256 of which row takes states from which; null where none does.</summary>
    public string? DonorsHash { get; init; }

    private static OrderedDictionary<string, string> Software => new(Network.Software)
    {
        // The release that the code belongs to or leads to: with the commit, every commit would end half-finished runs and change equal results.
        ["ProbePipeline"] = Version(typeof(Experiment)).Split('-')[0],
        ["ML.NET"] = Version(typeof(MLContext)),
    };

    /// <summary>What features are made from: a store is only continued where all of it is the same.</summary>
    public OrderedDictionary<string, string> ForFeatures
    {
        get
        {
            var inputs = new OrderedDictionary<string, string> { ["model"] = ModelHash, ["rows"] = RowsHash, ["computed"] = Computed };
            foreach (var key in FeatureKeys)
            {
                inputs[key] = ForInputs.ToYaml(key).TrimEnd();
            }

            if (!Options.Sweeps.IsEmpty)
            {
                inputs["sweeps"] = Options.ToYaml("sweeps").TrimEnd();
            }

            if (DonorsHash is not null)
            {
                inputs["donors"] = DonorsHash;
            }

            foreach (var (name, version) in Software)
            {
                inputs[name] = version;
            }

            foreach (var name in inputs.Keys.ToArray())
            {
                inputs[name] = Redaction.Of(inputs[name]);
            }

            return inputs;
        }
    }

    // Which choice counts, whether the model is asked without the picture too, and what becomes of odd rows afterwards, changes no features.
    private ExperimentOptions ForInputs => Options with { Capture = Options.Capture with { NotFinite = NotFinite.Stop }, Answer = Options.Answer is { } answer ? answer with { Blind = false, Score = AnswerScore.Sum } : null };

    public static RunInputs Of(PreparedExperiment prepared, CancellationToken cancellation)
    {
        var network = prepared.Model.Network;
        return new RunInputs(
            prepared.Options, CheckpointHash.Of(prepared.Model.Folder, cancellation), prepared.Dataset.Description, prepared.Rows.Hash, network.Computation)
        {
            Model = ModelFolder.Named(prepared.Options.Model, prepared.Model.Folder),
            DonorsHash = prepared.Donors.IsEmpty ? null : Hash(prepared.Rows.Rows.Select(row => $"{row.Id} {prepared.Donors[row.Id].Id}")),
        };
    }

    /// <param name="command">The command that repeats the run; null: it was started by code.</param>
    public Provenance Provenance(string? command) => new()
    {
        Command = command is not null ? Redaction.Of(command) : "new Experiment(ExperimentFile.Parse(text, name)).Run(), where text is the experiment below",
        Experiment = Redaction.Of(Options.ToYaml()),
        Model = Redaction.Of(Model),
        ModelHash = ModelHash,
        Dataset = Redaction.Of(Dataset),
        DatasetHash = RowsHash,
        Seeds = Seeds(),
        Software = Software,
        Computed = Computed,
    };

    private OrderedDictionary<string, long> Seeds()
    {
        var probe = Options.Probe ?? new ProbeOptions();
        var seeds = new OrderedDictionary<string, long>();
        if (!Options.Dataset.IsOnDisk)
        {
            seeds["dataset"] = Options.Dataset.Seed;
        }

        if (Options.Dataset.Select is { PerClass: not null } or { Balanced: true })
        {
            seeds["selection"] = Options.Dataset.Select.Seed;
        }

        seeds["bootstrap"] = probe.Bootstrap.Seed;
        if (probe.Split.Order != SplitOrder.Index)
        {
            seeds["split"] = probe.Split.Seed;
        }

        if (Options.Conditions.Any(condition => condition.MixesRows))
        {
            seeds["donor rows"] = Options.Capture.DonorSeed;
        }

        if (probe.Control is { } control)
        {
            seeds["control"] = control.Seed;
        }

        if (probe.LearningCurve is { } curve)
        {
            seeds["learning curve"] = curve.Seed;
        }

        if (probe.CodeLength is { Order: SplitOrder.Random } code)
        {
            seeds["code length"] = code.Seed;
        }

        if (probe.Baselines is { RandomFeatures: true } or { RandomModel: true })
        {
            seeds["baselines"] = probe.Baselines.Seed;
        }

        return seeds;
    }

    private static string Hash(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    // Without the commit that a build may append.
    private static string Version(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? $"{type.Assembly.GetName().Version}";
}
