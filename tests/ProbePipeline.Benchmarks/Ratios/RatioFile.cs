using System.Text.Json;

namespace ProbePipeline.Benchmarks.Ratios;

/// <summary>The ratios that were last committed: a JSON object of names and numbers, where higher is better.</summary>
internal static class RatioFile
{
    private const int Digits = 3;

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <exception cref="InvalidDataException">The file is missing or holds something else; the message says what to do.</exception>
    public static OrderedDictionary<string, double> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: expected the committed ratios; found no file; eng/verify-speed --update writes it");
        }

        try
        {
            var ratios = JsonSerializer.Deserialize<OrderedDictionary<string, double>>(File.ReadAllText(path)) ?? [];
            return ratios.FirstOrDefault(ratio => ratio.Value <= 0) is { Key: { } name, Value: var value }
                ? throw new InvalidDataException($"{path}: expected ratios above 0; found {value} for '{name}'; eng/verify-speed --update writes them anew")
                : ratios;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: expected a JSON object of names and numbers; found something else ({error.Message}); eng/verify-speed --update writes it anew", error);
        }
    }

    /// <summary>Writes ratios to three digits behind the point; more would only be noise.</summary>
    public static void Write(string path, OrderedDictionary<string, double> ratios)
    {
        var rounded = new OrderedDictionary<string, double>(ratios.Select(ratio => KeyValuePair.Create(ratio.Key, Math.Round(ratio.Value, Digits))));
        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(rounded, Layout) + "\n");
        File.Move(unfinished, path, overwrite: true);
    }
}
