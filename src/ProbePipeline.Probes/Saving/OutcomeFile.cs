using System.Collections.Immutable;
using ProbePipeline.Features;
using ProbePipeline.Probes.Results;

namespace ProbePipeline.Probes.Saving;

/// <summary>
/// All that one site's probes came to, on disk, so that a machine can fit them for another: a safetensors file with the probes and what they said about the test
/// rows as tensors, and the figures as JSON beside them. What is read is equal to the bit to what was written.
/// </summary>
public static class OutcomeFile
{
    private const string Format = "probepipeline.outcome";
    private const string FormatVersion = "1";
    private const string Predictions = "test.predictions";
    private const string Probabilities = "test.probabilities";

    /// <summary>Writes the file; it is there wholly or not at all.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="outcome">What the probes came to.</param>
    /// <param name="madeFrom">What tells whether it may be used again, such as a hash of all that it depends on.</param>
    /// <exception cref="FeatureStoreException">The file cannot be written.</exception>
    public static void Write(string path, ProbeOutcome outcome, string madeFrom)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var (metadata, tensors) = Contents(outcome, madeFrom);
        TensorFile.Write(path, metadata, tensors);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="madeFrom">What it has to be made from.</param>
    /// <exception cref="ProbeException">The file is missing, damaged, of another version, or was made from something else.</exception>
    public static ProbeOutcome Read(string path, string madeFrom) => Read(() => TensorFile.Read(path), path, madeFrom);

    /// <summary>What <see cref="Write"/> writes.</summary>
    internal static byte[] ToBytes(ProbeOutcome outcome, string madeFrom)
    {
        var (metadata, tensors) = Contents(outcome, madeFrom);
        return TensorFile.ToBytes(metadata, tensors);
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="madeFrom">What it has to be made from.</param>
    /// <inheritdoc cref="Read(string, string)" path="/exception"/>
    internal static ProbeOutcome Parse(byte[] bytes, string name, string madeFrom) => Read(() => TensorFile.Parse(bytes, name), name, madeFrom);

    private static (OrderedDictionary<string, string> Metadata, NamedTensor[] Tensors) Contents(ProbeOutcome outcome, string madeFrom)
    {
        var probes = new ProbeTensors(outcome.Probes);
        var classes = outcome.Probe.Classes;
        return (
            new OrderedDictionary<string, string>
            {
                ["format"] = Format,
                ["formatVersion"] = FormatVersion,
                ["madeFrom"] = madeFrom,
                ["result"] = SavedText.Write(outcome.Result),
                ["probes"] = SavedText.Write(outcome.Probes.Zip(probes.Names, (probe, name) => new Entry(name, probe.L2))),
                ["classes"] = SavedText.Write(classes),
            },
            [
                .. probes.All,
                // Whole numbers, which float64 holds as they are.
                new NamedTensor(Predictions, [outcome.TestPredictions.Length], [.. outcome.TestPredictions.Select(prediction => (double)prediction)]),
                new NamedTensor(Probabilities, [outcome.TestProbabilities.Length, classes.Length], [.. outcome.TestProbabilities.SelectMany(row => row)]),
            ]);
    }

    private static ProbeOutcome Read(Func<TensorFile> open, string name, string madeFrom)
    {
        try
        {
            var file = open();
            foreach (var (key, expected) in new[] { ("format", Format), ("formatVersion", FormatVersion), ("madeFrom", madeFrom) })
            {
                var found = file.Metadata.GetValueOrDefault(key);
                Require(found == expected, key, expected, found ?? "none");
            }

            var classes = SavedText.Read<ImmutableArray<string>>(file, "classes");
            Require(classes.Length > 1 && !classes.Contains(null!) && classes.Distinct().Count() == classes.Length, "classes", "two or more, each once", "others");
            var entries = SavedText.Read<ImmutableArray<Entry>>(file, "probes");
            Require(entries.Length > 0 && !entries.Contains(null!), "probes", "a list of probes", "none");
            var predictions = file.Values<double>(Predictions, -1);
            Require(predictions.All(prediction => prediction >= 0 && prediction < classes.Length && double.IsInteger(prediction)), Predictions, "places of classes", "others");
            return new ProbeOutcome(
                SavedText.Read<ProbeResult>(file, "result"),
                [.. entries.Select(entry => Probe(file, entry, classes))],
                [.. predictions.Select(prediction => (int)prediction)],
                [.. file.Values<double>(Probabilities, predictions.Length, classes.Length).Chunk(classes.Length)]);
        }
        catch (Exception error) when (error is FeatureStoreException or ProbeException)
        {
            throw new ProbeException($"{name}: expected the outcome of probes that this experiment asks for; {error.Message}; delete the file, and run the same command again", error);
        }
    }

    private static LinearProbe Probe(TensorFile file, Entry entry, ImmutableArray<string> classes)
    {
        var (standardization, weights) = ProbeTensors.Read(file, entry.Tensors, classes.Length);
        return new LinearProbe(classes, standardization, weights, entry.L2);
    }

    private static void Require(bool holds, string key, string expected, string found)
    {
        if (!holds)
        {
            throw new ProbeException($"{key}: expected {expected}, found {found}");
        }
    }

    /// <summary>A fold's probe without its numbers.</summary>
    /// <param name="Tensors">What the names of its tensors begin with.</param>
    /// <param name="L2">The penalty that it was fitted with.</param>
    private sealed record Entry(string Tensors, double L2);
}
