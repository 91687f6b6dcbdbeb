using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        // The loss of a probe that is certain and wrong is infinite.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Writes the file; it is there wholly or not at all.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="outcome">What the probes came to.</param>
    /// <param name="madeFrom">What tells whether it may be used again, such as a hash of all that it depends on.</param>
    /// <exception cref="FeatureStoreException">The file cannot be written.</exception>
    public static void Write(string path, ProbeOutcome outcome, string madeFrom)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var tensors = new ProbeTensors(outcome.Probes);
        var classes = outcome.Probe.Classes;
        var metadata = new OrderedDictionary<string, string>
        {
            ["format"] = Format,
            ["formatVersion"] = FormatVersion,
            ["madeFrom"] = madeFrom,
            ["result"] = JsonSerializer.Serialize(outcome.Result, Json),
            ["probes"] = JsonSerializer.Serialize(outcome.Probes.Zip(tensors.Names, (probe, name) => new Entry(name, probe.L2)), Json),
            ["classes"] = JsonSerializer.Serialize(classes, Json),
        };
        TensorFile.Write(path, metadata, [
            .. tensors.All,
            // Whole numbers, which float64 holds as they are.
            new NamedTensor(Predictions, [outcome.TestPredictions.Length], [.. outcome.TestPredictions.Select(prediction => (double)prediction)]),
            new NamedTensor(Probabilities, [outcome.TestProbabilities.Length, classes.Length], [.. outcome.TestProbabilities.SelectMany(row => row)]),
        ]);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="madeFrom">What it has to be made from.</param>
    /// <exception cref="ProbeException">The file is missing, damaged, of another version, or was made from something else.</exception>
    public static ProbeOutcome Read(string path, string madeFrom)
    {
        try
        {
            var file = TensorFile.Read(path);
            foreach (var (key, expected) in new[] { ("format", Format), ("formatVersion", FormatVersion), ("madeFrom", madeFrom) })
            {
                if (file.Metadata.GetValueOrDefault(key) is var found && found != expected)
                {
                    throw new JsonException($"{key}: expected {expected}, found {found ?? "none"}");
                }
            }

            var classes = Parse<ImmutableArray<string>>(file, "classes");
            var predictions = file.Values<double>(Predictions, -1);
            return new ProbeOutcome(
                Parse<ProbeResult>(file, "result"),
                [.. Parse<ImmutableArray<Entry>>(file, "probes").Select(entry => Probe(file, entry, classes))],
                [.. predictions.Select(prediction => (int)prediction)],
                [.. file.Values<double>(Probabilities, predictions.Length, classes.Length).Chunk(classes.Length)]);
        }
        catch (Exception error) when (error is JsonException or FeatureStoreException or ProbeException)
        {
            throw new ProbeException(string.Create(CultureInfo.InvariantCulture, $"{path}: expected the outcome of probes that this experiment asks for; {error.Message}; delete the file, and run the same command again"), error);
        }
    }

    private static LinearProbe Probe(TensorFile file, Entry entry, ImmutableArray<string> classes)
    {
        var (standardization, weights) = ProbeTensors.Read(file, entry.Tensors, classes.Length);
        return new LinearProbe(classes, standardization, weights, entry.L2);
    }

    private static T Parse<T>(TensorFile file, string key) =>
        JsonSerializer.Deserialize<T>(file.Metadata.GetValueOrDefault(key) ?? throw new JsonException($"{key} is not there"), Json) ?? throw new JsonException($"{key} is null");

    /// <summary>A fold's probe without its numbers.</summary>
    /// <param name="Tensors">What the names of its tensors begin with.</param>
    /// <param name="L2">The penalty that it was fitted with.</param>
    private sealed record Entry(string Tensors, double L2);
}
