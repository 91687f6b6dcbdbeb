using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ProbePipeline.Opening;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Saving;

namespace ProbePipeline.Saving;

/// <summary>Probes that shards have fitted, by all that they depend on: where one is there it is taken, so that the outcome is the same wherever it was fitted.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="inputs">What its features depend on.</param>
/// <param name="folders">Where to look.</param>
internal sealed class StoredOutcomes(PreparedExperiment experiment, RunInputs inputs, IReadOnlyList<string> folders)
{
    /// <summary>Where to keep what is fitted here; null: nowhere.</summary>
    public string? KeptIn { get; init; }

    /// <param name="study">What is fitted, and how.</param>
    /// <param name="site">Where.</param>
    /// <param name="features">SHA-256 of the vectors there.</param>
    /// <param name="fit">Fits it where nobody has.</param>
    /// <exception cref="ProbeException">A stored outcome is damaged.</exception>
    public ProbeOutcome Of(ProbeStudy study, ProbeSite site, ReadOnlySpan<byte> features, Func<ProbeOutcome> fit)
    {
        var key = Key(study, site, features);
        var name = $"{site.Site}-{key[..32]}.safetensors";
        if (folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } stored)
        {
            return OutcomeFile.Read(stored, key);
        }

        var outcome = fit();
        if (KeptIn is not null)
        {
            OutcomeFile.Write(Path.Combine(KeptIn, name), outcome, key);
        }

        return outcome;
    }

    private string Key(ProbeStudy study, ProbeSite site, ReadOnlySpan<byte> features)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(features);
        foreach (var (name, value) in inputs.ForFeatures)
        {
            Text($"{name}: {value}");
        }

        Text(experiment.Options.ToYaml("probe"));
        Text($"{site}, {study.Trainer.Description}, {study.LearningCurve is not null}, {study.CodeLength is not null}");
        foreach (var rows in study.Repeats.Prepend(study.Rows))
        {
            Text(string.Join('\n', rows.Classes));
            Numbers(rows.Labels.AsSpan());
            Numbers(rows.Images.AsSpan());
            foreach (var fold in rows.Folds)
            {
                Numbers(fold.Train.AsSpan());
                Numbers(fold.Validation.AsSpan());
                Numbers(fold.Test.AsSpan());
            }
        }

        foreach (var labels in study.ControlTasks)
        {
            Numbers(labels.AsSpan());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // Ended, so that no two lists run together alike.
        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + '\0'));

        void Numbers(ReadOnlySpan<int> numbers)
        {
            hash.AppendData(MemoryMarshal.AsBytes([numbers.Length]));
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
        }
    }
}
