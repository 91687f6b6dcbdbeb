using System.Text;
using System.Text.Json;
using ProbePipeline.Features;
using ProbePipeline.Probes.Results;
using ProbePipeline.Reports.Storage;

namespace ProbePipeline.Reports;

/// <summary>
/// <c>results.json</c>: all that an experiment found, as indented JSON with camelCase names, the same bytes for the same results.
/// Conditions keep their order, numbers have as many digits as it takes to read them back unchanged, and pictures are base64.
/// </summary>
public static class ResultsFile
{
    /// <summary>The name that the file has in a report's folder.</summary>
    public const string Name = "results.json";

    /// <summary>Reads stored results.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ResultsException">There is no such file, it is no JSON, of another version, or lacks something.</exception>
    public static ExperimentResults Read(string path)
    {
        var text = ReadBytes(path);
        try
        {
            using (var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false }))
            {
                CheckVersion(document.RootElement, path);
                RequireNoNullInLists(document.RootElement, path, "$");
            }

            return JsonSerializer.Deserialize<ExperimentResults>(text, ResultsJson.Options)
                ?? throw new ResultsException(path, "$", "expected the results of an experiment, found null");
        }
        catch (JsonException error)
        {
            throw new ResultsException(path, ResultsJson.Place(error), ResultsJson.Problem(error), error);
        }
        // Half of a surrogate pair, and numbers that do not fit.
        catch (Exception error) when (error is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new ResultsException(path, null, $"expected results of an experiment, found something else: {error.Message}; run the experiment again, or restore the file", error);
        }
    }

    /// <summary>Writes results under a temporary name and renames the file when it is complete.</summary>
    /// <param name="path">The file; its folder is made where it is missing, a file of that name is replaced.</param>
    /// <param name="results">What was found.</param>
    /// <exception cref="FeatureStoreException">The file cannot be written.</exception>
    public static void Write(string path, ExperimentResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        WholeFile.Write(path, ToBytes(results));
    }

    internal static byte[] ToBytes(ExperimentResults results) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(results, ResultsJson.Options) + "\n");

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ResultsException(path, null, "there is no such file; a finished run leaves one in its output folder", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ResultsException(path, null, $"it cannot be read: {error.Message}", error);
        }
    }

    // No list of results holds one, and annotations of lists' items are not looked at when they are read.
    private static void RequireNoNullInLists(JsonElement element, string path, string place)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in element.EnumerateArray().Index())
            {
                if (item.ValueKind == JsonValueKind.Null)
                {
                    throw new ResultsException(path, $"{place}[{index}]", "expected an item of a list, found null; run the experiment again, or restore the file");
                }

                RequireNoNullInLists(item, path, $"{place}[{index}]");
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                RequireNoNullInLists(member.Value, path, $"{place}.{member.Name}");
            }
        }
    }

    // Before everything else: whatever else differs in another version is no fault of the file.
    private static void CheckVersion(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ResultsException(path, "$", $"expected an object with the results of an experiment, found {root.ValueKind}");
        }

        if (!root.TryGetProperty("schemaVersion", out var version))
        {
            throw new ResultsException(path, "$.schemaVersion", $"expected {ExperimentResults.CurrentSchemaVersion}, found none; is this a file of results?");
        }

        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != ExperimentResults.CurrentSchemaVersion)
        {
            throw new ResultsException(
                path,
                "$.schemaVersion",
                $"expected {ExperimentResults.CurrentSchemaVersion}, found {version.GetRawText()}; "
                + "read it with the version of ProbePipeline that wrote it, or run the experiment again");
        }
    }
}
