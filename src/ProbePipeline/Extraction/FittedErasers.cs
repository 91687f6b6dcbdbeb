using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ProbePipeline.Features;
using ProbePipeline.Models.Interventions;
using ProbePipeline.Opening;
using ProbePipeline.Options;
using ProbePipeline.Probes.Erasure;

namespace ProbePipeline.Extraction;

/// <summary>
/// The erasers of an experiment, fitted on the first condition's pooled states of the training rows. An eraser lies beside the features that are made with it,
/// with the hash of what it was fitted on: a run that goes on takes it from there, and refuses it where it would be fitted on something else now.
/// </summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Store">Its features, complete under the first condition.</param>
internal sealed record FittedErasers(PreparedExperiment Experiment, FeatureStore Store)
{
    /// <summary>Whether what is missing is fitted, rather than refused.</summary>
    public bool MayFit { get; init; } = true;

    private readonly Dictionary<(string Field, string Column), StoredEraser> _known = [];

    /// <summary>The eraser as the network applies it.</summary>
    /// <exception cref="FeatureStoreException">The eraser that the features were made with was fitted on something else.</exception>
    public LinearEdit Edit(EraseOptions erasure) => Of(erasure).Edit;

    /// <summary>The eraser in words: how it was fitted, its rank and its hash.</summary>
    public string Describe(EraseOptions erasure)
    {
        var eraser = Of(erasure);
        return FormattableString.Invariant(
            $"{erasure} by LEACE, fitted on {eraser.Rows} training rows of {Store.Manifest.Conditions[0]} at {Column(erasure)}, {eraser.Edit.Rank} directions, SHA-256 {eraser.Hash[..12]}");
    }

    private StoredEraser Of(EraseOptions erasure)
    {
        var key = (erasure.Field, Column(erasure));
        if (!_known.TryGetValue(key, out var eraser))
        {
            _known[key] = eraser = Open(erasure);
        }

        return eraser;
    }

    private StoredEraser Open(EraseOptions erasure)
    {
        var column = Column(erasure);
        var rows = Experiment.Task.Rows.Split.Train;
        var features = Store.States(Store.Manifest.Conditions[0], column);
        var values = Experiment.Rows.Rows.Select(row => row.Part.Attributes[erasure.Field]).ToArray();
        string[] classes = [.. values.Distinct().Order(StringComparer.Ordinal)];
        ImmutableArray<int> labels = [.. values.Select(value => Array.IndexOf(classes, value))];

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            hash.AppendData(MemoryMarshal.AsBytes(features[row]));
            hash.AppendData(Encoding.UTF8.GetBytes(values[row] + '\0'));
        }

        var fittedOn = Convert.ToHexStringLower(hash.GetHashAndReset());
        var path = Path.Combine(Experiment.FeatureFolder, $"eraser-{erasure.Field}-{column}.json");
        if (FittedFile.Read<StoredEraser>(path, "an eraser") is { } stored)
        {
            return stored.FittedOn == fittedOn ? stored : throw FittedFile.FittedOnOthers(path, "an eraser that was fitted", "other rows, states or labels");
        }

        if (!MayFit)
        {
            throw FittedFile.NotFitted(path, "an eraser");
        }

        var fitted = Leace.Fit(features, rows, labels, classes.Length);
        var eraser = StoredEraser.Of(fittedOn, rows.Length, new LinearEdit(fitted.Mean, fitted.Left, fitted.Right));
        FittedFile.Write(path, eraser);
        return eraser;
    }

    private string Column(EraseOptions erasure) => Experiment.States.PartOf(Experiment.Options.Capture.CaptureAt(erasure.Site)!);
}
