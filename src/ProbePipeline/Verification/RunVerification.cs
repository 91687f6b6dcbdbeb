using ProbePipeline.Extraction;
using ProbePipeline.Features;
using ProbePipeline.Opening;
using ProbePipeline.Probes;
using ProbePipeline.Probes.Results;
using ProbePipeline.Probes.Saving;
using ProbePipeline.Reports;
using ProbePipeline.Saving;

namespace ProbePipeline.Verification;

/// <summary>Whether what a run has stored is whole, and belongs together: features, what was fitted on them, results, probes, report.</summary>
public static class RunVerification
{
    /// <summary>Reads all of it, and says what is missing, damaged or of another run, a line each; none: everything is as it was written.</summary>
    /// <param name="output">The run's output folder.</param>
    /// <exception cref="ExperimentException">There is no such folder.</exception>
    public static IEnumerable<string> Faults(string output)
    {
        if (!Directory.Exists(output))
        {
            throw new ExperimentException($"{output}: expected the output folder of a run; there is no such folder; check its path");
        }

        return Stored(output);
    }

    private static IEnumerable<string> Stored(string output)
    {
        var (store, noStore) = Read(() => FeatureStore.Open(PreparedExperiment.FeaturesIn(output)));
        var (results, noResults) = Read(() => ResultsFile.Read(Path.Combine(output, ResultsFile.Name)));
        // Without a baseline of an untrained network there is no folder of its own.
        var untrained = RandomModelFeatures.FolderIn(output);
        var (untrainedStore, noUntrained) = Directory.Exists(untrained) ? Read(() => FeatureStore.Open(untrained)) : (null, null);
        return
        [
            .. new[] { noStore, noResults, noUntrained }.OfType<string>(),
            .. store?.Faults() ?? [],
            .. store is null ? [] : Fitted(PreparedExperiment.FeaturesIn(output)),
            .. untrainedStore?.Faults() ?? [],
            .. store is null || results is null ? [] : Together(store, results.Provenance, Path.Combine(output, ResultsFile.Name)),
            .. results is null ? [] : SavedProbes(output, results),
            .. results is null ? [] : ReportChecksums.Faults(output),
        ];
    }

    private static IEnumerable<string> Fitted(string folder) =>
        Directory.EnumerateFiles(folder, "eraser-*.json").Order(StringComparer.Ordinal).Select(path => Read(() => FittedFile.Read<StoredEraser>(path, "an eraser")).Fault)
            .Concat(Directory.EnumerateFiles(folder, "means-*.json").Order(StringComparer.Ordinal).Select(path => Read(() => FittedFile.Read<StoredMeans>(path, "means of keys")).Fault))
            .OfType<string>();

    // What the results say that they are of, and what lies there.
    private static IEnumerable<string> Together(FeatureStore store, Provenance provenance, string path)
    {
        var (hash, _) = Read(store.Hash);
        (string What, string? Expected, string? Found)[] parts =
        [
            ("model", provenance.ModelHash, store.Manifest.Inputs.GetValueOrDefault("model")),
            ("rows", provenance.DatasetHash, store.Manifest.Inputs.GetValueOrDefault("rows")),
            // Where chunks are missing there is none, and they are named already.
            ("features", provenance.FeaturesHash, hash ?? provenance.FeaturesHash),
        ];
        return parts.Where(part => part.Expected != part.Found).Select(part =>
            $"{path}: expected the results of the {part.What} with the SHA-256 {part.Found ?? "none"}, as the features are; found {part.Expected ?? "none"}; run the experiment again");
    }

    private static IEnumerable<string> SavedProbes(string output, ExperimentResults results)
    {
        if (results.SavedProbes is not { } saved)
        {
            return [];
        }

        var path = RunProbes.In(output);
        var (file, fault) = Read(() => ProbeFile.Load(path));
        return fault is not null ? [fault]
            : file!.Probes.Length != saved.Probes || file.Source?.ModelHash != results.Provenance.ModelHash
                ? [$"{path}: expected the {saved.Probes} probes of the model {results.Provenance.ModelHash} that the results name; found {file.Probes.Length} of {file.Source?.ModelHash}; run the experiment again"]
                : [];
    }

    private static (T? Value, string? Fault) Read<T>(Func<T> read)
        where T : class?
    {
        try
        {
            return (read(), null);
        }
        catch (Exception error) when (error is FeatureStoreException or ResultsException or ProbeException)
        {
            return (null, error.Message);
        }
    }
}
